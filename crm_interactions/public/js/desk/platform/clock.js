/** Conversions between the site's time, which Frappe stores, and the user's, for `logic/status.js`; both as text. */
export const clock = {
	to_user: (text) => frappe.datetime.convert_to_user_tz(text),
	to_system: (text) => frappe.datetime.convert_to_system_tz(text),
};

/** Return the midnight that ends the user's day, in the site's time. */
export function end_of_day() {
	return clock.to_system(`${frappe.datetime.add_days(frappe.datetime.now_date(), 1)} 00:00:00`);
}
