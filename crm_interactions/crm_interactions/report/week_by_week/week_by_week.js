frappe.query_reports["Week by Week"] = crm_interactions.weekly_report();
