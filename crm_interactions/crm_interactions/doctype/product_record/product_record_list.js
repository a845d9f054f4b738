frappe.listview_settings["Product Record"] = crm_interactions.product_record_list_settings();
