import { open_filtered } from "../lists/open_list";
import { insight_report } from "./report";

// column → figure of the list of chains
const CHAINS = { started: "chains", won: "won_within", lost: "lost_within" };
const MONTHS = 6;

/** Return the settings of the report on weeks; each number opens its activities or chains (R27). */
export function weekly_report() {
	const basis = insight_report(["from_date", "to_date", "responsible"]);
	basis.filters[0].default = frappe.datetime.add_days(
		frappe.datetime.add_months(frappe.datetime.get_today(), -MONTHS),
		1
	);
	return {
		...basis,
		formatter(value, row, column, data, default_formatter) {
			const is_number = column.fieldname === "activities" || column.fieldname in CHAINS;
			if (is_number && Number(value)) return link(value, column, data);
			return is_number
				? default_formatter(value, row, column, data)
				: basis.formatter(value, row, column, data, default_formatter);
		},
		after_datatable_render() {
			const { chart_options } = frappe.query_report;
			if (!chart_options) return;
			// else there are dots in the place of dates, for lack of room
			const axisOptions = { ...chart_options.axisOptions, xIsSeries: 1 };
			frappe.query_report.render_chart({ ...chart_options, axisOptions });
		},
		onload(report) {
			report.page.wrapper.addClass("crm-insight");
			report.page.wrapper.on("click", "a[data-part]", (event) => {
				event.preventDefault();
				event.stopPropagation();
				const { part, week } = event.currentTarget.dataset;
				open_number(
					report,
					report.data.find((row) => row.week === week),
					part
				);
			});
		},
	};
}

function link(value, column, { week, label }) {
	const $link = $(`<a href="#" role="button"></a>`)
		.attr({ title: `${label}: ${column.label}`, "data-part": column.fieldname, "data-week": week })
		.text(value);
	return $(`<div class="text-right"></div>`).append($link).prop("outerHTML");
}

function open_number(report, { week, to_date, lists }, part) {
	if (part === "activities") {
		const { doctype, filters } = lists.activities;
		return open_filtered(doctype, filters);
	}
	const user = report.get_filter_value("responsible");
	frappe.route_options = {
		from_date: week,
		to_date,
		figure: CHAINS[part],
		group_by: user ? "responsible" : "category",
		group_value: user || "",
	};
	return frappe.set_route("query-report", "Chain Details");
}
