import { read } from "./api";
import { kinds } from "./kinds";

const MOST_TRIES = 40;

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
	frappe.route_options = filters;
	await frappe.set_route("List", doctype, "List");
	// theirs come at some time between the list's first questions and its first answers
	for (let calm = 0, tries = 0; calm < 2 && tries < MOST_TRIES; tries++) {
		const list = await opened_list(doctype);
		if (!list) return;
		await frappe.timeout(0.4);
		await new Promise((idle) => frappe.after_ajax(idle));
		calm = asks_for(list, filters) ? calm + 1 : 0;
		if (!calm) await set_filters(list, filters);
	}
}

async function set_filters({ doctype, filter_area }, filters) {
	await filter_area.clear(false);
	await filter_area.add(
		Object.entries(filters).map(([field, value]) => [
			doctype,
			field,
			...(Array.isArray(value) ? value : ["=", value]),
		])
	);
}

function asks_for(list, filters) {
	const asked = list.filter_area.get().map(([, field]) => field);
	return asked.length === Object.keys(filters).length && asked.every((field) => field in filters);
}

/** The list, once it has taken over what the route asked for; null when the user has gone elsewhere. */
async function opened_list(doctype) {
	for (let tries = 0; tries < 100; tries++) {
		const [view, shown] = frappe.get_route();
		if (view !== "List" || shown !== doctype) return null;
		const list = window.cur_list;
		if (list?.doctype === doctype && list.filter_area && !frappe.route_options) return list;
		await new Promise((later) => setTimeout(later, 100));
	}
	return null;
}
