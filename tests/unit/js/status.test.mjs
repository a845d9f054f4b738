import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import * as logic from "../../../crm_interactions/public/js/logic/status.js";

const [BEFORE, NOW, AFTER] = ["11:59:59", "12:00:00", "12:00:01"].map((time) => `2026-11-21 ${time}`);

const CASES = [
	[{ status: "Planned", due_until: BEFORE }, "late"],
	[{ status: "Planned", due_until: "2026-11-20 23:00:00.123456" }, "late"],
	[{ status: "Planned", due_until: NOW }, "planned"],
	[{ status: "Planned", due_until: AFTER }, "planned"],
	[{ status: "Planned", due_until: null }, "planned"],
	[{ status: "Held", due_until: BEFORE, completed: 0 }, "held"],
	[{ status: "Held", due_until: AFTER, completed: 0 }, "held"],
	[{ status: "Held", due_until: BEFORE, completed: 1 }, "completed"],
	[{ status: "Not Held", due_until: BEFORE, completed: 0 }, "not_held"],
	[{ status: "Not Held", due_until: BEFORE, completed: 1 }, "not_held"],
	[{ status: "Cancelled", due_until: AFTER, completed: 0 }, "cancelled"],
];

for (const [doc, state] of CASES) {
	test(`${JSON.stringify(doc)} is ${state} (R10)`, () => assert.equal(logic.state_of(doc, NOW), state));
}

const HOLDS = { "=": (a, b) => a === b, "<": (a, b) => a < b, ">=": (a, b) => a >= b };
const holds = (doc, [field, operator, value]) => HOLDS[operator](doc[field], value);

for (const [doc, state] of CASES.filter(([doc]) => doc.due_until)) {
	test(`the filter of ${state} finds ${JSON.stringify(doc)}`, () =>
		assert.ok(logic.conditions_of(state, NOW).every((condition) => holds(doc, condition))));
}

for (const state of ["late", "planned", "held", "completed", "not_held", "cancelled"]) {
	test(`${state} has a label, a colour and an icon`, () => {
		const { label, color, icon } = logic.look_of(state);
		assert.ok(label && color && icon);
	});
}

test("late stands out in red, done is green", () => {
	assert.equal(logic.look_of("late").color, "red");
	assert.equal(logic.look_of("completed").color, "green");
});

test("conditions are written as Frappe's filter text", () => {
	const text = logic.as_filter_text(logic.conditions_of("late", NOW));
	assert.equal(text, "status,=,Planned|due_until,<,2026-11-21 12:00:00");
});

// the same table as in tests/unit/test_timeline.py
const TABLE = JSON.parse(readFileSync(new URL("../../data/due_until.json", import.meta.url)));

/** Return a clock that is `hours` ahead of the site's. */
function clock_of(hours) {
	const shift = (text, by) =>
		new Date(Date.parse(`${text.replace(" ", "T")}Z`) + by * 3600_000)
			.toISOString()
			.slice(0, 19)
			.replace("T", " ");
	return { to_user: (text) => shift(text, hours), to_system: (text) => shift(text, -hours) };
}

for (const { hours, planned, until, about } of TABLE) {
	test(`${about}: due until ${until}`, () =>
		assert.equal(logic.due_until(planned, clock_of(hours)), until));
}

for (const starts_on of [BEFORE, NOW, AFTER, null, "", "2026-11-21 00:00:00", "2026-11-20 00:00:00"]) {
	const expected = [AFTER, "2026-11-21 00:00:00"].includes(starts_on) ? "Planned" : "Held";
	test(`an activity that starts on ${starts_on} is proposed as ${expected}`, () =>
		assert.equal(logic.proposed_status(starts_on, NOW, clock_of(0)), expected));
}

test("two conditions on one field become route options", () => {
	const options = logic.as_route_options([
		["due_until", ">=", NOW],
		["due_until", "<", AFTER],
	]);
	assert.deepEqual(options, { due_until: [`[">=","${NOW}"]`, `["<","${AFTER}"]`] });
});
