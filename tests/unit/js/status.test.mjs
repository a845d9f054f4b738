import assert from "node:assert/strict";
import test from "node:test";

import {
	as_filter_text,
	conditions_of,
	look_of,
	proposed_status,
	state_of,
} from "../../../crm_interactions/public/js/logic/status.js";

const NOW = "2026-11-21 12:00:00";
const BEFORE = "2026-11-21 11:59:59";
const AFTER = "2026-11-21 12:00:01";

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
	test(`${JSON.stringify(doc)} is ${state} (R10)`, () => assert.equal(state_of(doc, NOW), state));
}

const holds =
	(doc) =>
	([field, operator, value]) =>
		({
			"=": () => doc[field] === value,
			"<": () => doc[field] < value,
			">=": () => doc[field] >= value,
		})[operator]();

for (const [doc, state] of CASES.filter(([doc]) => doc.starts_on)) {
	test(`the filter of ${state} finds ${JSON.stringify(doc)}`, () =>
		assert.ok(conditions_of(state, NOW).every(holds(doc))));
}

for (const state of ["late", "planned", "held", "completed", "not_held", "cancelled"]) {
	test(`${state} has a label, a colour and an icon`, () => {
		const { label, color, icon } = look_of(state);
		assert.ok(label && color && icon);
	});
}

test("late stands out in red, done is green", () => {
	assert.equal(look_of("late").color, "red");
	assert.equal(look_of("completed").color, "green");
});

test("conditions are written as Frappe's filter text", () => {
	assert.equal(
		as_filter_text(conditions_of("late", NOW)),
		"status,=,Planned|starts_on,<,2026-11-21 12:00:00"
	);
});

for (const [starts_on, status] of [
	[BEFORE, "Held"],
	[NOW, "Held"],
	[AFTER, "Planned"],
	[null, "Held"],
	["", "Held"],
]) {
	test(`an activity that starts on ${starts_on} is proposed as ${status}`, () =>
		assert.equal(proposed_status(starts_on, NOW), status));
}
