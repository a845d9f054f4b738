import { as_typed } from "../../logic/stored_text";
import { rates_of } from "../../logic/win_rates";
import { draw_above, svg } from "./drawing";
import { insight_report } from "./report";

const MOST = 20;
const NOT_SET = "-";
const TICKS = [0, 25, 50, 75, 100];

/** Return the settings of the report on win rates: each group's rate is drawn with its interval (R27). */
export function winning_report() {
	const basis = insight_report(["group_by", "from_date", "to_date"]);
	return {
		...basis,
		after_datatable_render() {
			const report = frappe.query_report;
			const found = rates_of(report.data.filter((row) => "chains" in row));
			draw_above(report, "crm-rates", found.rows.length ? figure_of(found) : null);
		},
	};
}

/** Return a row for each group: its name, its rate as a dot with the interval as a line, and the figures. */
function figure_of({ rows, overall }) {
	const $figure = $(`<figure></figure>`);
	$("<figcaption></figcaption>")
		.text(__("Win rate of each group with its 95 % interval; the dashed line is the rate of all"))
		.appendTo($figure);
	const $list = $(`<div class="crm-rate-rows" role="list"></div>`).appendTo($figure);
	for (const row of rows.slice(0, MOST)) $list.append(row_of(row, overall));
	$list.append(scale());
	if (rows.length > MOST) {
		$(`<div class="text-muted small"></div>`)
			.text(__("The table has {0} more.", [rows.length - MOST]))
			.appendTo($figure);
	}
	return $figure;
}

function row_of(row, overall) {
	const [rate, low, high] = [row.win_rate, row.win_low, row.win_high].map(Math.round);
	const name = as_typed(row.group);
	const text = __("{0} % ({1}–{2} %), {3} of {4}", [rate, low, high, row.won, row.decided]);
	const $row = $(`<a href="#" class="crm-rate-row" data-figure="decided"></a>`).attr({
		"data-group": row.group_value || NOT_SET,
		"aria-label": __("{0}: won {1} of {2} decided, {3} %, 95 % interval from {4} to {5} %", [
			...[name, row.won, row.decided],
			...[rate, low, high],
		]),
	});
	$row.append(
		$(`<span class="crm-rate-name ellipsis"></span>`).attr("title", name).text(name),
		drawing_of(row, overall),
		$(`<span class="crm-rate-text"></span>`).text(text)
	);
	return $(`<div role="listitem"></div>`).append($row);
}

function drawing_of({ win_rate, win_low, win_high }, overall) {
	return svg(
		"svg",
		{ class: "crm-rate-drawing", "aria-hidden": "true", focusable: "false" },
		line("crm-rate-axis", 0, 100),
		...TICKS.map((at) => upright("crm-rate-tick", at)),
		upright("crm-rate-overall", overall),
		line("crm-rate-interval", win_low, win_high),
		upright("crm-rate-end", win_low, 30),
		upright("crm-rate-end", win_high, 30),
		svg("circle", { class: "crm-rate-dot", cx: `${win_rate}%`, cy: "50%", r: 5 })
	);
}

const line = (css_class, from, to) =>
	svg("line", { class: css_class, x1: `${from}%`, x2: `${to}%`, y1: "50%", y2: "50%" });

const upright = (css_class, at, gap = 0) =>
	svg("line", { class: css_class, x1: `${at}%`, x2: `${at}%`, y1: `${gap}%`, y2: `${100 - gap}%` });

/** Return the numbers below the drawings; screen readers hear them with each row. */
function scale() {
	const anchors = { 0: "start", 100: "end" };
	const numbers = TICKS.map((at) =>
		svg("text", { x: `${at}%`, y: 12, "text-anchor": anchors[at] || "middle" }, `${at} %`)
	);
	return $(`<div class="crm-rate-row crm-rate-scale" aria-hidden="true"></div>`).append(
		"<span></span>",
		svg("svg", { class: "crm-rate-drawing" }, ...numbers),
		"<span></span>"
	);
}
