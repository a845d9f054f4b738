import { settings } from "../platform/boot";
import { once } from "../platform/once";
import { show_chain_form } from "./chain_form";
import { kinds } from "./kinds";
import { show_panel } from "./panel";

const CHAIN = "Interaction Chain";

/** The panel and the buttons, on the form of each registered document type, of partners, and of the chain itself. */
export function register_chains() {
	const doctypes = new Set([
		...kinds().map(({ doctype }) => doctype),
		...(settings().party_types || []),
		CHAIN,
	]);
	for (const doctype of doctypes) {
		once(`chain of ${doctype}`, () => frappe.ui.form.on(doctype, { refresh }));
	}
}

function refresh(frm) {
	// Frappe 16 runs form scripts for quick entry too
	if (!(frm instanceof frappe.ui.form.Form) || frm.is_new()) return;
	if (!frappe.model.can_read(CHAIN)) return;
	// not awaited: the form is there before its chain is
	show_panel(frm);
	if (frm.doctype === CHAIN) show_chain_form(frm);
}
