frappe.listview_settings["Meeting"] = crm_interactions.list_settings();
