/**
 * Patch Frappe's Datetime controls to compare text in the user's format.
 *
 * Frappe 16 compares in a fixed format. In most countries the user's format differs, so the texts are never equal: a
 * filter on a Datetime field selects its date endlessly and the page hangs. Frappe 15 doesn't compare.
 */
export function compare_in_user_format() {
	const control = frappe.ui.form.ControlDatetime;
	if (!control) return;
	Object.defineProperty(control.prototype, "datetime_format", {
		configurable: true,
		get: () =>
			`${frappe.datetime.get_user_date_fmt().toUpperCase()} ${frappe.datetime.get_user_time_fmt()}`,
		set() {}, // ignores the fixed format that the control assigns
	});
}
