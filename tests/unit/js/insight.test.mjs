import assert from "node:assert/strict";
import test from "node:test";

import { gantt_of } from "../../../crm_interactions/public/js/logic/gantt.js";
import { heat_map } from "../../../crm_interactions/public/js/logic/heat_map.js";
import { pieces_of } from "../../../crm_interactions/public/js/logic/partner_line.js";
import { rates_of } from "../../../crm_interactions/public/js/logic/win_rates.js";

const NOW = "2026-11-21 12:00:00";
const cell = (weekday_value, hour_value, activities, place) => ({
	weekday_value,
	hour_value,
	activities,
	place,
});

test("a heat map has all weekdays, and the hours from the first to the last one", () => {
	const map = heat_map([cell("Friday", "9", 10, 4), cell("Monday", "12", 1, 0), cell("Monday", "9", 4, 0)]);
	assert.deepEqual(map.hours, ["9", "10", "11", "12"]);
	assert.equal(map.weekdays[0], "Monday");
	assert.equal(map.weekdays.length, 7);
	assert.deepEqual(map.cell("Friday", "9"), { count: 10, level: 5 });
	assert.deepEqual(map.cell("Monday", "9"), { count: 4, level: 2 });
	assert.deepEqual(map.cell("Monday", "12"), { count: 1, level: 1 });
	assert.deepEqual(map.cell("Sunday", "10"), { count: 0, level: 0 });
});

test("a heat map begins with the site's first weekday, and with activities without a time", () => {
	const map = heat_map([cell("Friday", "No Time", 2, 5), cell("Monday", "8", 3, 1)]);
	assert.deepEqual(map.hours, ["No Time", "8"]);
	assert.equal(map.weekdays[0], "Sunday");
	assert.equal(heat_map([cell("Friday", "No Time", 2, 5)]).hours.length, 1);
	assert.equal(heat_map([]), null);
});

test("win rates are drawn of groups with a decided chain, beside the rate of all", () => {
	const { rows, overall } = rates_of([
		{ group: "A", won: 3, lost: 2 },
		{ group: "B", won: 0, lost: 0 },
		{ group: "C", won: 0, lost: 5 },
	]);
	assert.deepEqual(
		rows.map(({ group, decided }) => [group, decided]),
		[
			["A", 5],
			["C", 5],
		]
	);
	assert.equal(overall, 30);
	assert.deepEqual(rates_of([]), { rows: [], overall: null });
});

test("a line has the pieces that aren't empty, with the filters of their lists", () => {
	const shown = (line) => pieces_of(line).map(({ key, numbers }) => [key, ...numbers]);
	assert.deepEqual(shown({ open: 4, ours: 2, won: 3, decided: 5 }), [
		["ours", 2],
		["open", 4],
		["decided", 3, 5],
	]);
	assert.deepEqual(shown({ open: 0, ours: 0, won: 0, decided: 2 }), [["decided", 0, 2]]);
	assert.deepEqual(pieces_of({ open: 1 })[0].filters, { status: "Open" });
});

const row = (activity_date, more = {}) => ({ activity_date, status: "Done", ...more });

test("bars stand in order of time, with the state of their activity", () => {
	const { tasks } = gantt_of(
		[
			row("2026-11-22 09:00:00", { status: "Planned", due_until: "2026-11-22 09:00:00" }),
			row("2026-11-20 09:00:00", { status: "Planned", due_until: "2026-11-20 09:00:00" }),
			row("2026-11-19 09:00:00"),
			row("2026-11-18 09:00:00", { status: "Cancelled" }),
			row(null),
		],
		NOW,
		900
	);
	assert.deepEqual(
		tasks.map(({ start, state }) => [start.slice(8, 10), state]),
		[
			["19", "done"],
			["20", "late"],
			["22", "planned"],
		]
	);
});

for (const [last, mode, end] of [
	["2026-01-02 10:00:00", "Quarter Day", "11:53"],
	["2026-01-07 10:00:00", "Half Day", "13:47"],
	["2026-01-15 10:00:00", "Day", "17:34"],
	["2026-01-29 10:00:00", "Week", "00:24"],
	["2028-06-01 10:00:00", "Month", "10:00"],
]) {
	test(`a chain until ${last} is shown by ${mode}, and its short bars can be seen`, () => {
		const short = row("2026-01-01 10:00:00", { ends_on: "2026-01-01 10:30:00" });
		const found = gantt_of([short, row(last)], NOW, 600);
		assert.equal(found.mode, mode);
		assert.equal(found.tasks[0].end.slice(11, 16), end);
	});
}

test("a bar ends with its activity, and never before it begins", () => {
	const end_of = (ends_on) => gantt_of([row("2026-01-01 10:00:00", { ends_on })], NOW, 900).tasks[0].end;
	assert.equal(end_of("2026-01-03 18:00:00"), "2026-01-03 18:00:00");
	assert.equal(end_of("2025-12-03 18:00:00"), end_of(null));
	assert.equal(gantt_of([row(null)], NOW, 900), null);
});
