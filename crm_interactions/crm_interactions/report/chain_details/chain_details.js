frappe.query_reports["Chain Details"] = crm_interactions.insight_report([
	"group_by",
	"group_value",
	"figure",
	"from_date",
	"to_date",
	"about",
	...["factor", "step", "outcome", "landmark_days"].map((name) => `${name}:side`),
]);
