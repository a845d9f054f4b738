frappe.views.calendar["Interaction"] = crm_interactions.calendar_settings();
