frappe.listview_settings["Capture Refusal"] = crm_interactions.capture_refusal_list_settings();
