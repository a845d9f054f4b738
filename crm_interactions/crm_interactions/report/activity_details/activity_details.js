frappe.query_reports["Activity Details"] = crm_interactions.insight_report([
	"from_date",
	"to_date",
	"responsible",
	"weekday",
	"hour",
]);
