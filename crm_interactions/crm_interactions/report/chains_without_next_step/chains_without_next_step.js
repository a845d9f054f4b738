frappe.query_reports["Chains Without Next Step"] = crm_interactions.insight_report(["responsible"]);
