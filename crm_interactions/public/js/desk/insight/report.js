import { as_typed } from "../../logic/stored_text";
import { report_filters } from "./filters";

const DETAILS = "Chain Details";
const NOT_SET = "-";
// columns whose numbers open the chains that they count
const COUNTED = ["chains", "open", "won", "lost"];

/**
 * Return the settings of a report: filters, formatter and click handler.
 *
 * Texts are escaped, figures that can't be computed are blank, and numbers of chains open the list of these chains.
 */
export function insight_report(filters) {
	return {
		filters: report_filters(filters),
		formatter(value, row, column, data, default_formatter) {
			if (value === null || value === undefined) return "";
			if (COUNTED.includes(column.fieldname) && Number(value)) return link(value, column, data);
			// Frappe renders text as HTML
			const text = typeof value === "string" ? frappe.utils.escape_html(as_typed(value)) : value;
			return default_formatter(text, row, column, data);
		},
		onload(report) {
			report.page.wrapper.addClass("crm-insight");
			report.page.wrapper.on("click", "a[data-figure]", (event) => {
				event.preventDefault();
				event.stopPropagation();
				const { figure, group } = event.currentTarget.dataset;
				open_details(report.get_values(), figure, group);
			});
		},
	};
}

function link(value, column, data) {
	const { group, group_value } = data;
	const title = `${as_typed(group)}: ${column.label}`;
	return `<div class="text-right"><a href="#" role="button"
		title="${frappe.utils.escape_html(title)}"
		data-figure="${frappe.utils.escape_html(column.fieldname)}"
		data-group="${frappe.utils.escape_html(group_value || NOT_SET)}"
	>${frappe.utils.escape_html(String(value))}</a></div>`;
}

function open_details(values, figure, group_value) {
	frappe.route_options = { ...values, figure, group_value };
	frappe.set_route("query-report", DETAILS);
}
