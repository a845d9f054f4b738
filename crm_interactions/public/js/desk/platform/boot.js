/** What the server sent with the page; without it (app just installed) nothing is switched off. */
export function settings() {
	return frappe.boot.crm_interactions || {};
}
