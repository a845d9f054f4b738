const FIGURES = {
	chains: "Chains",
	open: "Open",
	won: "Won",
	lost: "Lost",
	open_at_end: "Open at the End",
	won_within: "Won in the Period",
	lost_within: "Lost in the Period",
};

/** Return the filters of a report by their names, in this order; a name with "?" is optional and begins empty. */
export function report_filters(names) {
	const known = {
		group_by: () => ({
			label: __("Group By"),
			fieldtype: "Select",
			options: choices("groupings"),
			default: choices("groupings")[0]?.value,
			reqd: 1,
		}),
		rows: () => property(__("Rows"), "type"),
		columns: () => property(__("Columns"), "direction"),
		days: () => ({ label: __("Days"), fieldtype: "Int", default: 90, reqd: 1 }),
		chain: () => ({ label: __("Chain"), fieldtype: "Link", options: "Interaction Chain" }),
		party_type: () => ({
			label: __("Partner Type"),
			fieldtype: "Select",
			options: ["", ...frappe.boot.crm_interactions.party_types].map((value) => ({
				value,
				label: __(value),
			})),
		}),
		party: () => ({
			label: __("Partner"),
			fieldtype: "Dynamic Link",
			get_options: () => frappe.query_report.get_filter_value("party_type"),
		}),
		responsible: () => ({ label: __("Responsible"), fieldtype: "Link", options: "User" }),
		group_value: () => ({ label: __("Group"), fieldtype: "Data" }),
		figure: () => ({
			label: __("Figure"),
			fieldtype: "Select",
			options: Object.entries(FIGURES).map(([value, label]) => ({ value, label: __(label) })),
			default: "chains",
		}),
		from_date: () => ({
			label: __("From Date"),
			fieldtype: "Date",
			default: frappe.datetime.add_days(
				frappe.datetime.add_months(frappe.datetime.get_today(), -12),
				1
			),
			reqd: 1,
		}),
		to_date: () => ({
			label: __("To Date"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		}),
	};
	return names.map((name) => {
		const fieldname = name.replace("?", "");
		const optional = name.endsWith("?") ? { default: null, reqd: 0 } : {};
		return { fieldname, ...known[fieldname](), ...optional };
	});
}

const property = (label, value) => ({
	label,
	fieldtype: "Select",
	options: choices("activity_properties"),
	default: value,
	reqd: 1,
});

export const choices = (key) =>
	(frappe.boot.crm_interactions[key] || []).map(({ value, label }) => ({ value, label: __(label) }));
