/** Links and times for the panel, the dialogs and the log; what comes from data is escaped here. */
export const escaped = (text) => frappe.utils.escape_html(String(text ?? ""));

/** A real link: opens in place, and with Ctrl or the middle button in a new tab. */
export function form_link(doctype, name, label) {
	const address = frappe.utils.escape_html(frappe.utils.get_form_link(doctype, name));
	return `<a href="${address}">${frappe.utils.escape_html(label || name)}</a>`;
}

export const chain_link = (name) => form_link("Interaction Chain", name);

/** The day, because the time of day matters to few; the whole time is in the tooltip. */
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
