import { as_typed } from "../../logic/stored_text";
import { report_filters } from "./filters";

const DETAILS = "Chain Details";
const NOT_SET = "-";
// columns whose numbers open the chains that they count
const COUNTED = ["chains", "open", "won", "lost", "slow", "with_step", "without_step"];

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
			return data?.is_small ? muted(value) : default_formatter(text, row, column, data);
		},
		onload(report) {
			report.page.wrapper.addClass("crm-insight");
			report.page.wrapper.on("click", "a[data-figure]", (event) => {
				event.preventDefault();
				event.stopPropagation();
				open_details(report.get_values(), event.currentTarget.dataset);
			});
		},
	};
}

function link(value, column, data) {
	const { group, group_value, step, factor_kind, factor_key, is_small } = data;
	const $link = $(`<a href="#" role="button"></a>`)
		.attr({
			title: `${as_typed(group ?? step)}: ${column.label}`,
			"data-figure": column.fieldname,
			"data-group": group_value || NOT_SET,
			"data-factor": factor_kind,
			"data-step": factor_key,
		})
		.toggleClass("crm-too-few", Boolean(is_small))
		.text(value);
	return html_of($(`<div class="text-right"></div>`).append($link));
}

/** Return a text of a row without figures, which has too few chains. */
const muted = (value) => html_of($(`<span class="crm-too-few"></span>`).text(as_typed(String(value))));

const html_of = ($element) => $element.prop("outerHTML");

function open_details(values, { figure, group, factor, step }) {
	const about = factor ? { group_value: values.kind || "", factor, step } : { group_value: group };
	frappe.route_options = { ...values, figure, ...about };
	frappe.set_route("query-report", DETAILS);
}
