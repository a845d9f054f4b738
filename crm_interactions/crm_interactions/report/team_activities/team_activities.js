frappe.query_reports["Team Activities"] = crm_interactions.team_report();
