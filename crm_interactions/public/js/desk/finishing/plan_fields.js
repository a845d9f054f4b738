import { after_entering } from "../../logic/finishing";
import { ask } from "../platform/server";
import { day_and_time } from "../chains/html";
import { type_query } from "../activity/types";

const UNITS = ["Hours", "Days", "Weeks", "Months"];

/**
 * Return the dialog fields of a next step: type, topic, and its time as number and unit or as a date.
 *
 * @param on_change called with the field's name when any of them except the topic changes, by input or by `set_value`
 */
export function plan_fields(on_change) {
	const onchange = (fieldname) => () => on_change(fieldname);
	return [
		{ fieldname: "plan_section", fieldtype: "Section Break", label: __("Next Step") },
		{
			fieldname: "next_type",
			fieldtype: "Link",
			options: "Interaction Type",
			label: __("Type"),
			get_query: type_query,
			onchange: onchange("next_type"),
		},
		{ fieldname: "next_title", fieldtype: "Data", label: __("Topic") },
		{ fieldname: "plan_column", fieldtype: "Column Break" },
		{
			fieldname: "next_in",
			fieldtype: "Int",
			label: __("In"),
			non_negative: 1,
			onchange: onchange("next_in"),
		},
		{
			fieldname: "next_unit",
			fieldtype: "Select",
			label: __("Unit"),
			options: UNITS.map((value) => ({ value, label: __(value) })),
			default: "Days",
			onchange: onchange("next_unit"),
		},
		{
			fieldname: "next_on",
			fieldtype: "Datetime",
			label: __("Or On"),
			onchange: onchange("next_on"),
		},
	];
}

/**
 * Clear number or date after the other was entered, and show the day that results from a number.
 *
 * @param known the activity's period, and `responsible` and `company`, whose working time and holidays count
 */
export async function settle_plan(dialog, fieldname, known) {
	const values = plan_values(dialog);
	const emptied = after_entering(fieldname, values);
	for (const [field, value] of Object.entries(emptied)) await dialog.set_value(field, value);
	await show_due(dialog, { ...values, ...emptied }, known);
}

export function plan_values(dialog) {
	const fields = ["next_type", "next_title", "next_in", "next_unit", "next_on"];
	return Object.fromEntries(fields.map((field) => [field, dialog.get_value(field)]));
}

/** Show the time that results from a number. */
async function show_due(dialog, { next_in, next_unit, next_on }, known = {}) {
	// the dialog completes the activity
	const due = next_in && !next_on ? await due_on(next_in, next_unit, { ...known, completed: 1 }) : "";
	dialog.set_df_property("next_unit", "description", due ? day_and_time(due) : "");
}

/** Ask the server for the time a number of units after an activity's end or, if that has passed, after now (R22). */
export function due_on(
	next_in,
	next_unit,
	{ starts_on, ends_on, duration, responsible, company, completed = 0 }
) {
	const period = { starts_on, ends_on, duration, completed };
	const args = { next_in, next_unit: next_unit || "Days", ...period, responsible, company };
	return ask("crm_interactions.api.activity.get_due", args);
}
