import { read } from "../chains/api";
import { kinds } from "../chains/kinds";

/** Open the list of one document type with exactly a chain's documents (R18). */
export async function open_of_chain(chain, doctype) {
	const kind = kinds().find((one) => one.doctype === doctype);
	// its own field reads better than a row of names
	if (kind && kind.has_chain) return open_filtered(doctype, { chain });
	return open_filtered(doctype, { name: ["in", await read("members", { chain, kind: doctype })] });
}

/** The same for all chains with a partner. */
export async function open_of_party(party_type, party, doctype) {
	const kind = kinds().find((one) => one.doctype === doctype);
	if (kind && kind.has_chain) return open_filtered(doctype, { party_type, party });
	const rows = await frappe.db.get_list("Activity Link", {
		filters: { party_type, party, activity_type: doctype },
		fields: ["activity"],
		limit: 500,
	});
	return open_filtered(doctype, { name: ["in", rows.map((row) => row.activity)] });
}

/** Some lists of the platform set filters of their own when they are opened first, in place of those asked for. */
export async function open_filtered(doctype, filters) {
	await frappe.model.with_doctype(doctype);
	const settings = (frappe.listview_settings[doctype] ||= {});
	const theirs = settings.onload;
	settings.onload = function (...args) {
		theirs?.apply(this, args);
		frappe.route_options = filters;
	};
	frappe.route_options = filters;
	await frappe.set_route("List", doctype, "List");
	await opened_list(doctype);
	settings.onload = theirs;
}

/** Wait until the list has taken over what the route asked for, or the user has gone elsewhere. */
async function opened_list(doctype) {
	for (let tries = 0; tries < 100; tries++) {
		const [view, shown] = frappe.get_route();
		if (view !== "List" || shown !== doctype) return;
		const list = window.cur_list;
		if (list?.doctype === doctype && list.filter_area && !frappe.route_options) return;
		await new Promise((later) => setTimeout(later, 100));
	}
}
