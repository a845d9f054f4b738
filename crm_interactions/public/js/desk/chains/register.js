import { settings } from "../platform/boot";
import { once } from "../platform/once";
import { show_as_typed } from "../platform/plain_fields";
import { show_chain_form } from "./chain_form";
import { add_connections } from "./connections";
import { kinds } from "./kinds";
import { show_panel } from "./panel";

const CHAIN = "Interaction Chain";

/** Add panel and buttons to the forms of registered types, partners, chains and related documents, for users who can read chains. */
export function register_chains() {
	const doctypes = new Set([
		...kinds().map(({ doctype }) => doctype),
		...(settings().party_types || []),
		...(settings().related_types || []),
		CHAIN,
	]);
	for (const doctype of doctypes) {
		once(`chain of ${doctype}`, () => frappe.ui.form.on(doctype, { setup, refresh }));
	}
	once("title of chains", () => frappe.ui.form.on(CHAIN, { setup: show_as_typed }));
}

function setup(frm) {
	if (has_panel(frm)) add_connections(frm);
}

function has_panel(frm) {
	// Frappe 16 runs form scripts for quick entry too
	return frm instanceof frappe.ui.form.Form && frappe.model.can_read(CHAIN);
}

function refresh(frm) {
	if (!has_panel(frm) || frm.is_new()) return;
	// not awaited, so that the form need not wait for its chain
	show_panel(frm);
	if (frm.doctype === CHAIN) show_chain_form(frm);
}
