/**
 * Frappe 16 compares the text of a date-time control with one fixed format. A user who sees dates in another one (by
 * the settings of most countries) makes the two never agree, so that a filter on a date and time selects its date for
 * ever and the page hangs. Here they are compared in the user's own format. Frappe 15 doesn't compare.
 */
export function compare_in_user_format() {
	const control = frappe.ui.form.ControlDatetime;
	if (!control) return;
	Object.defineProperty(control.prototype, "datetime_format", {
		configurable: true,
		get: () =>
			`${frappe.datetime.get_user_date_fmt().toUpperCase()} ${frappe.datetime.get_user_time_fmt()}`,
		set() {}, // the control writes its fixed one here
	});
}
