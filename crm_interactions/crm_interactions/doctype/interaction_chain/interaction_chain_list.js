frappe.listview_settings["Interaction Chain"] = crm_interactions.chain_list_settings();
