frappe.query_reports["Silent Partners"] = crm_interactions.insight_report(["days"]);
