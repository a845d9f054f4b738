import assert from "node:assert/strict";
import test from "node:test";

import * as plans from "../../../crm_interactions/public/js/logic/plans.js";

const STEPS = [
	{ position: 1 },
	{ position: 2, condition: "Successful" },
	{ position: 3, condition: "Successful" },
	{ position: 4 },
];

for (const [checked, chosen] of [
	[
		[1, 2, 3, 4],
		[1, 2, 3, 4],
	],
	[[2, 3, 4], [4]],
	[
		[1, 3, 4],
		[1, 4],
	],
	[[], []],
]) {
	test(`of the steps ${checked} a start plans ${chosen}: the others follow one that is left out`, () => {
		assert.deepEqual(plans.chosen_positions(STEPS, checked), chosen);
	});
}

test("an offset names its unit", () => {
	assert.equal(
		plans.offset_text({ offset: 2, offset_unit: "Days" }, (text) => text),
		"+ 2 Days"
	);
});

const STEP = { activity_plan: "New Lead", status: "Planned", starts_on: "2026-11-28 10:00:00" };

for (const [doc, before, moved] of [
	[STEP, "2026-11-27 10:00:00", true],
	[STEP, STEP.starts_on, false],
	[STEP, "2026-11-29 10:00:00", false],
	[STEP, null, false],
	[{ ...STEP, status: "Held" }, "2026-11-27 10:00:00", false],
	[{ ...STEP, activity_plan: null }, "2026-11-27 10:00:00", false],
]) {
	test(`${JSON.stringify(doc)} after ${before} ${moved ? "is" : "isn't"} a step that slips`, () => {
		assert.equal(plans.is_moved(doc, before), moved);
	});
}

test("the plans of a panel are those with planned rows, each once", () => {
	const rows = [
		STEP,
		{ ...STEP },
		{ ...STEP, activity_plan: "Other", status: "Done" },
		{ status: "Planned" },
	];
	assert.deepEqual(plans.plans_of(rows), ["New Lead"]);
});
