import { default_party_type, party_from_route } from "../../logic/options";
import { settings } from "../platform/boot";
import { currency_handlers, drop_idle_currencies } from "./currency";
import { form_host } from "../platform/hosts";
import { once } from "../platform/once";
import * as party from "./party";

export function setup_product_record_form() {
	once("Product Record", () =>
		frappe.ui.form.on("Product Record", {
			...currency_handlers(),
			setup: (frm) => party.setup_party_fields(form_host(frm)),
			before_load(frm) {
				if (!frm.is_new()) return;
				drop_idle_currencies(frm.doc);
				const came_from = frm.doc.party
					? null
					: party_from_route(frappe.get_prev_route(), settings());
				if (came_from) Object.assign(frm.doc, came_from);
				if (!frm.doc.party_type) frm.doc.party_type = default_party_type(settings());
			},
			refresh(frm) {
				party.hide_only_party_type(form_host(frm));
				party.guard_contact(form_host(frm));
				const has_subjects = Boolean((settings().subject_types || []).length || frm.doc.subject);
				frm.toggle_display(["subject_type", "subject"], has_subjects);
			},
			party_type: (frm) => party.on_party_type(form_host(frm)),
			party: (frm) => party.on_party(form_host(frm)),
		})
	);
}
