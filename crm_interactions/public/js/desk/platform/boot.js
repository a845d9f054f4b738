/** Return the app's settings from the boot info; right after installation {}, which disables nothing. */
export function settings() {
	return frappe.boot.crm_interactions || {};
}
