frappe.query_reports["Winning by Group"] = crm_interactions.insight_report([
	"group_by",
	"from_date",
	"to_date",
]);
