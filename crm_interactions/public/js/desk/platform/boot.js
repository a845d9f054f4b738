/** Return the settings from the boot info; right after installation they are empty, which disables nothing. */
export function settings() {
	return frappe.boot.crm_interactions || {};
}
