import { open_filtered } from "../lists/open_list";

const SHORT = 7; // seconds, Frappe's own time
const LONG = 12; // for a toast with something to press

/**
 * Show what a change resulted in, in Frappe's alert. The sentence names the result as a link.
 *
 * @param message a sentence as escaped HTML
 * @param indicator colour of the alert
 * @param list results of a bulk change, { doctype, names }: adds *Show*, which opens the list of them
 * @param undo function that takes the change back: adds *Undo*
 * @param action { label, run }: another button
 */
export function toast(message, { indicator = "green", list, undo, action } = {}) {
	const buttons = {};
	if (list?.names?.length) buttons.show = { label: __("Show"), run: () => show_list(list) };
	if (undo) buttons.undo = { label: __("Undo"), run: undo };
	if (action) buttons.more = action;
	const keys = Object.keys(buttons);
	const links = keys.map((key) => link(key, buttons[key].label)).join(" ");
	const on = {};
	for (const key of keys) {
		on[key] = (event) => {
			event.preventDefault();
			$alert.remove();
			return buttons[key].run();
		};
	}
	const seconds = keys.length ? LONG : SHORT;
	const $alert = frappe.show_alert({ message: `${message} ${links}`.trim(), indicator }, seconds, on);
	return $alert;
}

function link(key, label) {
	const name = frappe.utils.escape_html(key);
	const text = frappe.utils.escape_html(label);
	return `<a href="#" role="button" class="crm-alert-action crm-${name}" data-action="${name}">${text}</a>`;
}

const show_list = ({ doctype, names }) => open_filtered(doctype, { name: ["in", names] });
