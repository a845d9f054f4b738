import { one_at_a_time } from "../../logic/one_at_a_time";
import { name_controls } from "./accessible";
import { guard } from "./dialog_guard";
import { settle_input } from "./dialog_input";

/**
 * Return a new dialog of Frappe in which pending input counts and nothing typed is lost; use it for every dialog.
 *
 * @param options of `frappe.ui.Dialog`; `asks: false` closes without a question, for dialogs that search or choose
 */
export function make_dialog({ primary_action, primary_action_label, asks = true, ...options }) {
	const dialog = new frappe.ui.Dialog(options);
	if (primary_action) set_primary_action(dialog, primary_action_label, primary_action);
	guard(dialog, { asks });
	name_controls(dialog);
	return dialog;
}

/** Set a dialog's primary action; it runs once at a time, after pending input is taken over, with the values. */
export function set_primary_action(dialog, label, action) {
	const run = one_at_a_time(async () => {
		if (!(await settle_input(dialog))) return;
		dialog.primary_action_fulfilled = true;
		const values = dialog.get_values();
		if (values) await action(values);
	});
	dialog.set_primary_action(label);
	dialog.get_primary_btn().off("click").on("click", run);
}
