import { as_typed } from "../../logic/stored_text";
import { open_filtered } from "../lists/open_list";
import { choices, report_filters } from "./filters";
import { insight_report } from "./report";

const ACTIVITIES = ["held", "planned", "late"];
// column → figure of the list of chains
const CHAINS = { chains_open: "open_at_end", won: "won_within", lost: "lost_within" };
// rate → its two counts
const COUNTS = { on_time_rate: ["on_time", "due"], follow_up_rate: ["followed", "to_follow"] };
const CURRENCY = "amount_won";

/**
 * Return the settings of the report on users and teams: each figure with its change (R27).
 *
 * A user's number opens the list of these activities or chains; a team's number opens the figures of its users.
 */
export function effectiveness_report() {
	const keys = choices("people_groupings").map(({ value }) => value);
	const basis = insight_report([]);
	return {
		filters: [
			...report_filters(["from_date", "to_date"]),
			{
				fieldname: "group_by",
				label: __("Group By"),
				fieldtype: "Select",
				options: choices("people_groupings"),
				default: "user",
				reqd: 1,
			},
			...["company", "department"].filter((key) => keys.includes(key)).map(link_filter),
			{ fieldname: "team", label: __("Team of"), fieldtype: "Link", options: "User" },
		],
		export_hidden_cols: true,
		formatter(value, row, column, data, default_formatter) {
			const shown = basis.formatter(value, row, column, data, default_formatter);
			const has_change = data && `${column.fieldname}_change` in data;
			if (shown === "" || !(has_change || data?.is_total)) return shown;
			return cell(value, strip_html(shown).trim(), column, data);
		},
		onload(report) {
			report.page.wrapper.addClass("crm-insight");
			report.page.wrapper.on("click", "a[data-part]", (event) => {
				event.preventDefault();
				event.stopPropagation();
				const { part, group } = event.currentTarget.dataset;
				open_number(
					report,
					report.data.find((row) => row.group_value === group),
					part
				);
			});
		},
	};
}

const link_filter = (fieldname) => {
	const doctype = { company: "Company", department: "Department" }[fieldname];
	return { fieldname, label: __(doctype), fieldtype: "Link", options: doctype };
};

/** Return the HTML of a figure, which is a link if it opens a list, and of its change in brackets. */
function cell(value, text, column, data) {
	const counts = COUNTS[column.fieldname]?.map((name) => data[name]);
	const line = $("<div>").attr("title", counts ? __("{0} of {1}", counts) : "");
	line.toggleClass("text-right", column.fieldname !== "group" && column.fieldname !== "currency");
	line.css("font-weight", data.is_total ? "bold" : "");
	const opens = ACTIVITIES.includes(column.fieldname) || column.fieldname in CHAINS;
	const is_link = opens && Number(value) && data.group_value && !data.is_total;
	$(is_link ? '<a href="#" role="button">' : "<span>")
		.text(text)
		.attr(is_link ? link_attributes(column, data) : {})
		.appendTo(line);
	const change = change_text(data[`${column.fieldname}_change`], column);
	if (change) line.append(" ", $('<span class="crm-change text-muted">').text(change));
	return line.prop("outerHTML");
}

const link_attributes = (column, { group, group_value }) => ({
	title: `${as_typed(group)}: ${column.label}`,
	"data-part": column.fieldname,
	"data-group": group_value,
});

/** Return a change with its sign, such as (+3); nothing for none. Rates change by percentage points. */
function change_text(change, column) {
	const places = column.fieldname === CURRENCY ? 0 : column.precision || 0;
	const size = Math.abs(change ?? 0).toFixed(places);
	if (!Number(size)) return "";
	return `(${change > 0 ? "+" : "−"}${format_number(Number(size), null, places)})`;
}

function open_number(report, row, part) {
	const values = report.get_values();
	if (values.group_by !== "user") {
		return report.set_filter_value({ [values.group_by]: row.group_value, group_by: "user" });
	}
	if (ACTIVITIES.includes(part)) {
		const { doctype, filters } = row.lists[part];
		return open_filtered(doctype, filters);
	}
	frappe.route_options = {
		from_date: values.from_date,
		to_date: values.to_date,
		group_by: "responsible",
		group_value: row.group_value,
		figure: CHAINS[part],
	};
	return frappe.set_route("query-report", "Chain Details");
}
