import { once } from "../platform/once";
import { show_attendance } from "./attendance";
import { hide_costs, show_costs } from "./costs";
import { add_invitation_button, show_invitation } from "./invitation";

/** Set up attendance, invitations and costs on the form of a meeting (R13). */
export function setup_meeting_form() {
	once("Meeting: form", () => frappe.ui.form.on("Meeting", handlers()));
}

function handlers() {
	const hide = {};
	for (const fieldname of ["expected_cost", "actual_cost"]) {
		hide[fieldname] = (frm) => hide_costs(frm, fieldname);
		hide[`${fieldname}_currency`] = (frm) => hide_costs(frm, fieldname);
	}
	return {
		...hide,
		refresh(frm) {
			// Frappe 16 runs form scripts for quick entry too
			if (!(frm instanceof frappe.ui.form.Form)) return;
			show_attendance(frm);
			show_invitation(frm);
			add_invitation_button(frm);
			show_costs(frm);
		},
		status: show_attendance,
	};
}
