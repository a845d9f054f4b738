frappe.listview_settings["Interaction"] = crm_interactions.list_settings();
