import { log_call } from "../calls/log_call";
import { add_empty_state } from "./empty_state";

const may_create = (doctype) => frappe.model.can_create(doctype);

const new_one = (doctype, text, label) => () => ({
	text: __(text),
	label: __(label),
	run: () => frappe.new_doc(doctype),
	may: may_create(doctype),
});

const first_call = (text) => () => ({
	text: __(text),
	label: __("Log Call"),
	run: () => log_call(),
	may: may_create("Interaction"),
});

const STATES = {
	Interaction: first_call("No calls yet. Log your first one."),
	"Activity Link": first_call("Nothing is recorded yet. Log your first call."),
	"Interaction Chain": first_call("No chains yet. The first call with a partner starts one."),
	Meeting: new_one("Meeting", "No meetings yet. Plan your first one.", "Plan Meeting"),
	"Product Record": new_one(
		"Product Record",
		"No product records yet. Note what a partner uses or asks for.",
		"New Product Record"
	),
	"Activity Plan": new_one(
		"Activity Plan",
		"No plans yet. A plan is a series of steps, started with one click.",
		"New Plan"
	),
};

/** Show the list's own text while it has no rows. */
export function show_empty_state(list_view) {
	if (list_view.view_name === "List") add_empty_state(list_view, STATES[list_view.doctype]());
}

/** Return the settings of the list of activity plans. */
export const plan_list_settings = () => ({ onload: show_empty_state });
