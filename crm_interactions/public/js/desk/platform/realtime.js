/**
 * Call a function with each message of an event that the server sends.
 *
 * Frappe opens the connection after the app's scripts are loaded, and until then `frappe.realtime.on` ignores its callers.
 */
export function on_message(event, callback) {
	if (frappe.realtime?.socket) frappe.realtime.on(event, callback);
	else $(document).one("app_ready", () => frappe.realtime?.on(event, callback));
}
