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

/** Open the list of a document type, filtered to a partner; documents of other apps by name, at most 500. */
export async function open_of_party(party_type, party, doctype) {
	const kind = kinds().find((type) => type.doctype === doctype);
	if (kind && kind.has_chain) return open_filtered(doctype, { party_type, party });
	const rows = await frappe.db.get_list("Activity Link", {
		filters: { party_type, party, activity_type: doctype },
		fields: ["activity"],
		limit: 500,
	});
	return open_filtered(doctype, { name: ["in", rows.map((row) => row.activity)] });
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
	frappe.route_options = options;
	await frappe.set_route("List", doctype, "List");
	await opened_list(doctype);
	settings.onload = onload;
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
