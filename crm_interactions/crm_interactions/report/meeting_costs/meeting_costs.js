frappe.query_reports["Meeting Costs"] = crm_interactions.insight_report(["from_date", "to_date"]);
