frappe.listview_settings["Activity Link"] = crm_interactions.journal_list_settings();
