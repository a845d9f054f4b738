frappe.listview_settings["Interaction Hand Over"] = crm_interactions.hand_over_list_settings();
