frappe.query_reports["What Comes Before Progress"] = crm_interactions.insight_report([
	"from_date",
	"to_date",
	"landmark_days",
	"horizon_days",
	"outcome",
	"group_by",
	"kind",
]);
