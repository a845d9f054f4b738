import { read } from "../chains/api";
import { kinds } from "../chains/kinds";
import { as_route_options } from "../../logic/status";

/** Open the list of a document type, filtered to a chain (R18); documents of other apps by name, at most 500. */
export async function open_of_chain(chain, doctype) {
	const kind = kinds().find((type) => type.doctype === doctype);
	// a filter on the chain field is more readable than a list of names
	if (kind && kind.has_chain) return open_filtered(doctype, { chain });
	return open_filtered(doctype, { name: ["in", await read("members", { chain, kind: doctype })] });
}

/**
 * Open the list of a document type, filtered to a partner; documents of other apps by name, at most 500.
 *
 * @param partners pairs [type, name]: the partner and those that it was made from
 */
export async function open_of_party(partners, doctype) {
	const kind = kinds().find((type) => type.doctype === doctype);
	const [[party_type, party], ...former] = partners;
	if (!kind || !kind.has_chain) {
		return open_filtered(doctype, {
			name: ["in", await read("members", { party_type, party, kind: doctype })],
		});
	}
	if (!former.length) return open_filtered(doctype, { party_type, party });
	const [types, names] = [0, 1].map((index) => [...new Set(partners.map((pair) => pair[index]))]);
	return open_filtered(doctype, { party_type: ["in", types], party: ["in", names] });
}

/** Open the list of a document type with the activities that concern a document, at most 500. */
export async function open_of_document(document_type, document, doctype) {
	const names = await read("members", { document_type, document, kind: doctype });
	return open_filtered(doctype, { name: ["in", names] });
}

/**
 * Open a list with filters, an object or a list of conditions, and wait until they apply; a temporary `onload` keeps some lists from
 * setting their own.
 */
export async function open_filtered(doctype, filters) {
	const options = Array.isArray(filters) ? as_route_options(filters) : filters;
	await frappe.model.with_doctype(doctype);
	const settings = (frappe.listview_settings[doctype] ||= {});
	const { onload } = settings;
	settings.onload = function (...args) {
		onload?.apply(this, args);
		frappe.route_options = options;
	};
	const was_open = is_open(doctype);
	frappe.route_options = options;
	await frappe.set_route("List", doctype, "List");
	// Frappe ignores the route of the list that is open, and itself refreshes another one as soon as that is set up
	if (was_open) await refresh_open(options);
	await opened_list(doctype);
	settings.onload = onload;
}

function is_open(doctype) {
	const [view, shown, kind = "List"] = frappe.get_route();
	return view === "List" && shown === doctype && kind === "List" && window.cur_list?.doctype === doctype;
}

async function refresh_open(options) {
	const list = window.cur_list;
	await list.init_promise;
	if (frappe.route_options !== options) return;
	await list.before_refresh();
	await list.refresh();
}

/** Wait up to 10 seconds until the list has applied the route options, or the user has left it. */
async function opened_list(doctype) {
	for (let tries = 0; tries < 100; tries++) {
		const [view, shown] = frappe.get_route();
		if (view !== "List" || shown !== doctype) return;
		const list = window.cur_list;
		if (list?.doctype === doctype && list.filter_area && !frappe.route_options) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}
