import { NO_TIME, heat_map, start_of_hour } from "../../logic/heat_map";
import { draw_above } from "./drawing";
import { insight_report } from "./report";

const DETAILS = "Activity Details";

/** Return the settings of the report on weekdays and hours: a heat map above the table; each cell opens its activities (R27). */
export function hours_report() {
	const basis = insight_report(["from_date", "to_date", "responsible"]);
	return {
		...basis,
		formatter(value, row, column, data, default_formatter) {
			if (column.fieldname !== "activities" || !data?.hour_value) {
				return basis.formatter(value, row, column, data, default_formatter);
			}
			const $link = link_to(data.weekday_value, data.hour_value, `${data.weekday}, ${data.hour}`);
			return $(`<div class="text-right"></div>`).append($link.text(value)).prop("outerHTML");
		},
		onload(report) {
			basis.onload(report);
			report.page.wrapper.on("click", "a[data-hour]", (event) => {
				event.preventDefault();
				event.stopPropagation();
				open_details(report.get_values(), event.currentTarget.dataset);
			});
		},
		after_datatable_render() {
			const report = frappe.query_report;
			const map = heat_map(report.data.filter((row) => row.hour_value));
			draw_above(report, "crm-heat-map", map && table_of(map));
		},
	};
}

/** Return the table of a heat map; on a phone, the weekdays are its columns, so that it fits. */
function table_of(map) {
	const hours = map.hours.map((hour) => ({ hour, label: label_of(hour) }));
	const weekdays = map.weekdays.map((weekday) => ({ weekday, label: __(weekday) }));
	const is_turned = frappe.is_mobile();
	const [rows, columns] = is_turned ? [hours, weekdays] : [weekdays, hours];
	const $head = $("<tr></tr>").append("<td></td>");
	for (const { label } of columns) {
		const short = is_turned ? label.slice(0, 3) : label.replace(/:00$/, "");
		$(`<th scope="col"></th>`).attr({ "aria-label": label, title: label }).text(short).appendTo($head);
	}
	const $body = $("<tbody></tbody>");
	for (const row of rows) {
		const $row = $("<tr></tr>").append($(`<th scope="row"></th>`).text(row.label)).appendTo($body);
		for (const column of columns) $row.append(cell_of(map, { ...row, ...column }, [row, column]));
	}
	const $table = $(`<table></table>`)
		.append($("<caption></caption>").text(__("Activities by weekday and hour")))
		.append($("<thead></thead>").append($head), $body);
	return $(`<div class="crm-heat-scroll" tabindex="0" role="region"></div>`)
		.attr("aria-label", __("Activities by weekday and hour"))
		.append($table);
}

function cell_of(map, { weekday, hour }, [row, column]) {
	const { count, level } = map.cell(weekday, hour);
	const $cell = $("<td></td>").attr("data-level", level);
	if (!count) return $cell.append($(`<span class="crm-heat-none"></span>`).text("0"));
	const names = row.weekday ? [row.label, column.label] : [column.label, row.label];
	const label = __("{0}, {1}: {2} activities", [...names, count]);
	return $cell.append(link_to(weekday, hour, label).text(count));
}

const link_to = (weekday, hour, label) =>
	$(`<a href="#" role="button"></a>`).attr({
		title: label,
		"aria-label": label,
		"data-weekday": weekday,
		"data-hour": hour,
	});

const label_of = (hour) => (hour === NO_TIME ? __("No Time") : start_of_hour(hour));

function open_details(values, { weekday, hour }) {
	frappe.route_options = { ...values, weekday, hour };
	frappe.set_route("query-report", DETAILS);
}
