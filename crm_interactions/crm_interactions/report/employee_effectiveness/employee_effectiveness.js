frappe.query_reports["Employee Effectiveness"] = crm_interactions.effectiveness_report();
