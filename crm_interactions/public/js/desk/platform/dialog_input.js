/** Input that the user has entered but Frappe has not taken over: it does so when a field loses the focus. */
import { unchosen } from "../../logic/dialog_keys";
import { toast } from "./toast";

const WAIT = 50;
const LONGEST = 10_000;

export const is_link = (control) => control instanceof frappe.ui.form.ControlLink && Boolean(control.$input);

export const control_of = (element) => $(element).closest(".frappe-control").get(0)?.fieldobj;

/**
 * Take over the input of the focused field and wait for the server's checks of link fields.
 *
 * A text in a link field that is no document's name stays, with a message and the focus.
 *
 * @returns a promise of whether the dialog's values are complete
 */
export async function settle_input(dialog) {
	const focused = document.activeElement;
	const control = dialog.$wrapper.get(0).contains(focused) ? control_of(focused) : null;
	if (control?.$input && !is_link(control)) control.$input.trigger("change");
	await checks_done(dialog);
	for (const link of dialog.fields_list.filter(is_link)) {
		if (!(await is_chosen(link))) return false;
	}
	return true;
}

/** Remember the text of a link field that the user leaves: Frappe clears it if it is no document's name. */
export function remember_left_text(element) {
	const control = control_of(element);
	if (control && is_link(control) && control.$input.get(0) === element)
		control.crm_left = unchosen_text(control);
}

/** Forget the text once the user edits the field again. */
export function forget_left_text(element) {
	const control = control_of(element);
	if (control) control.crm_left = "";
}

export function unchosen_text(control) {
	return unchosen({
		text: (control.get_label_value() || "").trim(),
		input: control.get_input_value(),
		value: control.value,
		left: control.crm_left,
	});
}

async function checks_done(dialog) {
	for (let waited = 0; waited < LONGEST; waited += WAIT) {
		// a value is set in a later turn than its check ends
		await new Promise((resolve) => setTimeout(resolve, waited ? WAIT : 0));
		if (!dialog.fields_list.some((control) => control.inside_change_event)) return;
	}
}

async function is_chosen(control) {
	const text = unchosen_text(control);
	if (!text || control.get_status() !== "Write") return true;
	const name = await control.validate(control.title_value_map?.[text] || text);
	if (name) {
		await control.set_value(name);
		return true;
	}
	control.set_input_value(text);
	control.set_focus();
	const label = frappe.utils.escape_html(__(control.df.label));
	const entered = frappe.utils.escape_html(text);
	const text_of_alert = __("{0}: “{1}” is not in the list. Choose a suggestion, or clear the field.", [
		label,
		entered,
	]);
	toast(text_of_alert, { indicator: "orange" });
	return false;
}
