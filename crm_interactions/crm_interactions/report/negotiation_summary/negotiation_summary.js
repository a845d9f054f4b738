frappe.query_reports["Negotiation Summary"] = crm_interactions.insight_report([
	"chain",
	"party_type",
	"party",
	"from_date?",
	"to_date?",
]);
