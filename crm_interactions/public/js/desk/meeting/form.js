import { once } from "../platform/once";
import { show_attendance } from "./attendance";
import { show_availability } from "./availability";
import { hide_costs, show_costs } from "./costs";
import { add_invitation_button, show_invitation } from "./invitation";

/** Set up attendance, invitations and costs on the form of a meeting (R13). */
export function setup_meeting_form() {
	once("Meeting: form", () => {
		frappe.ui.form.on("Meeting", handlers());
		const of_meeting = (frm) => frm.doctype === "Meeting" && draw_day(frm);
		frappe.ui.form.on("Interaction Participant", {
			participant: of_meeting,
			participants_add: of_meeting,
			participants_remove: of_meeting,
		});
		frappe.ui.form.on("Activity Resource", {
			resource: of_meeting,
			booked_from: of_meeting,
			booked_to: of_meeting,
			resources_remove: of_meeting,
		});
	});
}

/** Draw the day of a planned meeting, for users who may change it. */
function draw_day(frm) {
	if (!(frm instanceof frappe.ui.form.Form)) return;
	const control = frm.fields_dict.availability;
	const is_planned = frm.doc.status === "Planned" && !frm.doc.completed && frm.perm[0].write;
	const shown = Boolean(is_planned && frm.doc.starts_on);
	frm.toggle_display("availability", shown);
	if (control) show_availability(control.$wrapper.get(0), shown ? frm.doc : null);
}

function handlers() {
	const hide = {};
	for (const fieldname of ["expected_cost", "actual_cost"]) {
		hide[fieldname] = (frm) => hide_costs(frm, fieldname);
		hide[`${fieldname}_currency`] = (frm) => hide_costs(frm, fieldname);
	}
	const drawing = {};
	for (const fieldname of ["starts_on", "ends_on", "duration", "responsible"])
		drawing[fieldname] = draw_day;
	return {
		...hide,
		...drawing,
		refresh(frm) {
			// Frappe 16 runs form scripts for quick entry too
			if (!(frm instanceof frappe.ui.form.Form)) return;
			show_attendance(frm);
			show_invitation(frm);
			add_invitation_button(frm);
			show_costs(frm);
			draw_day(frm);
		},
		status(frm) {
			show_attendance(frm);
			draw_day(frm);
		},
	};
}
