import { after_entering } from "../../logic/finishing";
import { day_and_time, form_link } from "../chains/html";
import { due_on } from "../finishing/plan_fields";
import { type_query } from "./types";

/** Return handlers for the next step: fill in the unit Days, keep only number or date, show the resulting day (R22). */
export function next_step_handlers() {
	const changed = (fieldname) => (frm) => update_due(frm, fieldname);
	return {
		plan_next: (frm) => frm.doc.plan_next && !frm.doc.next_unit && frm.set_value("next_unit", "Days"),
		next_in: changed("next_in"),
		next_unit: changed("next_unit"),
		next_on: changed("next_on"),
	};
}

export function setup_next_step(frm) {
	frm.set_query("next_type", type_query);
}

export function show_next_step(frm) {
	describe(frm, "");
	const { doc } = frm;
	if (!doc.next_activity || frm.is_new()) return;
	frappe.db
		.get_value(doc.next_activity_type, doc.next_activity, ["starts_on", "status"])
		.then(({ message }) => {
			if (!message?.starts_on || frm.doc.next_activity !== doc.next_activity) return;
			const link = form_link(doc.next_activity_type, doc.next_activity);
			const when = day_and_time(message.starts_on);
			const text = `${frappe.utils.escape_html(__(message.status))}: ${link}, ${when}`;
			frm.set_df_property("next_activity", "description", text);
		});
}

async function update_due(frm, fieldname) {
	const { doc } = frm;
	for (const [field, value] of Object.entries(after_entering(fieldname, doc))) {
		if (doc[field]) await frm.set_value(field, value);
	}
	const due = doc.next_in && !doc.next_on ? await due_on(doc.next_in, doc.next_unit, doc) : "";
	describe(frm, due ? day_and_time(due) : "");
}

function describe(frm, text) {
	frm.set_df_property("next_unit", "description", text);
}

/** Offer to cancel the next step of a cancelled activity: Yes clears `plan_next`, so that the save cancels it (R22). */
export function ask_about_next_step(frm) {
	if (frm.doc.status !== "Cancelled" || !frm.doc.next_activity || !frm.doc.plan_next) return;
	frappe.confirm(
		__("The next step {0} is planned. Cancel it too?", [frappe.utils.escape_html(frm.doc.next_activity)]),
		() => frm.set_value("plan_next", 0)
	);
}
