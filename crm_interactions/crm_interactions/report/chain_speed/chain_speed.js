frappe.query_reports["Chain Speed"] = crm_interactions.insight_report([
	"group_by",
	"from_date",
	"to_date",
	"about",
]);
