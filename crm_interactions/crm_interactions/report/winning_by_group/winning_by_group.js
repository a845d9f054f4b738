frappe.query_reports["Winning by Group"] = crm_interactions.winning_report();
