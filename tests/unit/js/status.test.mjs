import assert from "node:assert/strict";
import test from "node:test";

import * as logic from "../../../crm_interactions/public/js/logic/status.js";

const [BEFORE, NOW, AFTER] = ["11:59:59", "12:00:00", "12:00:01"].map((time) => `2026-11-21 ${time}`);

const CASES = [
	[{ status: "Planned", starts_on: BEFORE }, "late"],
	[{ status: "Planned", starts_on: "2026-11-20 23:00:00.123456" }, "late"],
	[{ status: "Planned", starts_on: NOW }, "planned"],
	[{ status: "Planned", starts_on: AFTER }, "planned"],
	[{ status: "Planned", starts_on: null }, "planned"],
	[{ status: "Held", starts_on: BEFORE, completed: 0 }, "held"],
	[{ status: "Held", starts_on: AFTER, completed: 0 }, "held"],
	[{ status: "Held", starts_on: BEFORE, completed: 1 }, "completed"],
	[{ status: "Not Held", starts_on: BEFORE, completed: 0 }, "not_held"],
	[{ status: "Not Held", starts_on: BEFORE, completed: 1 }, "not_held"],
	[{ status: "Cancelled", starts_on: AFTER, completed: 0 }, "cancelled"],
];

for (const [doc, state] of CASES) {
	test(`${JSON.stringify(doc)} is ${state} (R10)`, () => assert.equal(logic.state_of(doc, NOW), state));
}

const HOLDS = { "=": (a, b) => a === b, "<": (a, b) => a < b, ">=": (a, b) => a >= b };
const holds = (doc, [field, operator, value]) => HOLDS[operator](doc[field], value);

for (const [doc, state] of CASES.filter(([doc]) => doc.starts_on)) {
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
	assert.equal(text, "status,=,Planned|starts_on,<,2026-11-21 12:00:00");
});

for (const starts_on of [BEFORE, NOW, AFTER, null, ""]) {
	const expected = starts_on === AFTER ? "Planned" : "Held";
	test(`an activity that starts on ${starts_on} is proposed as ${expected}`, () =>
		assert.equal(logic.proposed_status(starts_on, NOW), expected));
}
