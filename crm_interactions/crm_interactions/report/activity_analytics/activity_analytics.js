frappe.query_reports["Activity Analytics"] = crm_interactions.insight_report([
	"from_date",
	"to_date",
	"rows",
	"columns",
]);
