frappe.query_reports["Activity Hours"] = crm_interactions.hours_report();
