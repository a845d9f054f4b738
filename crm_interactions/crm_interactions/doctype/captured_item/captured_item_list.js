frappe.listview_settings["Captured Item"] = crm_interactions.captured_item_list_settings();
