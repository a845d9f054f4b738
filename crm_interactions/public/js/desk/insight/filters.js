import { NO_TIME, WEEKDAYS, start_of_hour } from "../../logic/heat_map";

const figures = () => ({
	...{ chains: __("Chains"), open: __("Open"), won: __("Won"), lost: __("Lost") },
	slow: __("Slow"),
	decided: __("Decided"),
	open_at_end: __("Open at the End"),
	won_within: __("Won in the Period"),
	lost_within: __("Lost in the Period"),
	...{ with_step: __("With"), without_step: __("Without") },
});
const RESULTS = ["Won", "Lost", "No Decision", "Resolved", "Not Resolved"];
const factors = () => ({
	...{ step: __("Step"), first_delay: __("First Delay"), began: __("Side That Began") },
	...{ responsible: __("Responsible"), team: __("Team") },
});
// grouping → the records that are its groups
const KINDS = {
	category: "Interaction Category",
	first_type: "Interaction Type",
	responsible: "User",
	company: "Company",
	territory: "Territory",
	customer_group: "Customer Group",
};

/**
 * Return the filters of a report by their names, in this order.
 *
 * A name with "?" is optional and begins empty; one with ":side" is shown only for one side of a comparison.
 */
export function report_filters(names) {
	const known = {
		group_by: () => ({
			label: __("Group By"),
			fieldtype: "Select",
			options: choices("groupings"),
			default: choices("groupings")[0]?.value,
			reqd: 1,
			...(names.includes("kind") ? { on_change: forget_kind } : {}),
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
		weekday: () => ({
			label: __("Weekday"),
			fieldtype: "Select",
			options: ["", ...WEEKDAYS].map((value) => ({ value, label: __(value) })),
		}),
		hour: () => ({ label: __("Hour"), fieldtype: "Select", options: hours() }),
		group_value: () => ({ label: __("Group"), fieldtype: "Data" }),
		figure: () => ({
			label: __("Figure"),
			fieldtype: "Select",
			options: options_of(figures()),
			default: "chains",
		}),
		about: () => ({
			label: __("About"),
			fieldtype: "Select",
			options: [
				{ value: "Deals", label: __("Deals") },
				{ value: "Claims", label: __("Claims") },
			],
			default: "Deals",
		}),
		landmark_days: () => ({
			label: __("Landmark (Days)"),
			fieldtype: "Int",
			default: 14,
			reqd: 1,
		}),
		horizon_days: () => ({
			label: __("Horizon (Days)"),
			fieldtype: "Int",
			default: 90,
			reqd: 1,
		}),
		outcome: () => ({
			label: __("Outcome"),
			fieldtype: "Select",
			options: RESULTS.map((value) => ({ value, label: __(value) })),
			default: "Won",
			reqd: 1,
		}),
		kind: () => ({
			label: __("Kind"),
			fieldtype: "Dynamic Link",
			get_options: () => kind_type(frappe.query_report.get_filter_value("group_by")),
			// some groups are no records, and "-" stands for chains without a group
			ignore_link_validation: 1,
		}),
		factor: () => ({
			label: __("Came Before"),
			fieldtype: "Select",
			options: options_of(factors()),
			default: "step",
		}),
		step: () => ({ label: __("Step"), fieldtype: "Data" }),
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
		const [fieldname, side] = name.replace("?", "").split(":");
		const optional = name.endsWith("?") ? { default: null, reqd: 0 } : {};
		const depends_on = side ? { depends_on: "eval:(doc.figure || '').endsWith('_step')" } : {};
		return { fieldname, ...known[fieldname](), ...optional, ...depends_on };
	});
}

/** Empty the group of another property, in which no chain would be. */
async function forget_kind(report) {
	if (report.get_filter_value("kind")) await report.set_filter_value("kind", "");
	else report.refresh();
}

const options_of = (labels) => Object.entries(labels).map(([value, label]) => ({ value, label }));

/** Return the options of a filter on the hour of the day. */
function hours() {
	const numbers = Array.from({ length: 24 }, (_, hour) => String(hour));
	return [
		{ value: "", label: "" },
		{ value: NO_TIME, label: __("No Time") },
		...numbers.map((value) => ({ value, label: start_of_hour(value) })),
	];
}

const kind_type = (group_by) =>
	group_by?.startsWith("dictionary:") ? "Interaction Dictionary Value" : KINDS[group_by];

const property = (label, value) => ({
	label,
	fieldtype: "Select",
	options: choices("activity_properties"),
	default: value,
	reqd: 1,
});

export const choices = (key) =>
	(frappe.boot.crm_interactions[key] || []).map(({ value, label }) => ({ value, label: __(label) }));
