frappe.views.calendar["Meeting"] = crm_interactions.calendar_settings();
