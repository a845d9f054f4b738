frappe.views.calendar["Meeting Resource"] = crm_interactions.resource_calendar_settings();
