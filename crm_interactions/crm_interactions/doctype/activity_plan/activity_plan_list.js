frappe.listview_settings["Activity Plan"] = crm_interactions.plan_list_settings();
