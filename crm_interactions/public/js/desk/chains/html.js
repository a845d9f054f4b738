import { as_typed } from "../../logic/stored_text";

/** Links and times for the panel, the dialogs and the log. Links contain escaped values. */
export const escaped = (text) => frappe.utils.escape_html(as_typed(text));

/** Return escaped HTML of a link with an address, so that Ctrl opens a new tab; the default label is the name. */
export function form_link(doctype, name, label) {
	const address = frappe.utils.escape_html(frappe.utils.get_form_link(doctype, name));
	return `<a href="${address}">${frappe.utils.escape_html(as_typed(label || name))}</a>`;
}

export const chain_link = (name) => form_link("Interaction Chain", name);

/** Return the day of a datetime, which mustn't be blank, in the user's format; callers show the time in a tooltip. */
export function day(datetime) {
	return frappe.datetime.str_to_user(datetime.split(" ")[0]);
}

export function day_and_time(datetime) {
	const [date, time] = frappe.datetime.str_to_user(datetime.split(".")[0]).split(/ (.*)/);
	return `${date} ${(time || "").replace(/^(\d+[:.]\d\d)[:.]\d\d/, "$1")}`.trim();
}

export function pill(label, color) {
	return $(`<span class="indicator-pill crm-pill no-indicator-dot"></span>`).addClass(color).text(label);
}
