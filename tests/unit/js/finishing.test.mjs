import assert from "node:assert/strict";
import test from "node:test";

import * as logic from "../../../crm_interactions/public/js/logic/finishing.js";

const NO_RESULT = { result: null, result_amount: null, result_currency: null };
const keys = (known) => logic.ways_for(known).map(({ key }) => key);

test("an activity in an open chain can be completed in three ways (B3)", () => {
	assert.deepEqual(keys({ chain_status: "Open" }), ["nothing", "plan", "close"]);
	assert.deepEqual(keys({}), ["nothing", "plan", "close"]);
});

test("in a closed chain no next step can be planned (R19)", () => {
	assert.deepEqual(keys({ chain_status: "Closed" }), ["nothing"]);
	assert.equal(logic.first_way({ chain_status: "Closed" }), "nothing");
});

test("planning is proposed unless there is a next step already (R22)", () => {
	assert.equal(logic.first_way({ chain_status: "Open" }), "plan");
	assert.equal(logic.first_way({ chain_status: "Open", next_activity: "INT-1" }), "nothing");
});

test("a date replaces number and unit", () => {
	const values = { next_type: "Phone Call", next_in: 2, next_unit: "Days", next_title: "" };
	assert.deepEqual(logic.plan_of(values), { next_type: "Phone Call", next_in: 2, next_unit: "Days" });
	const dated = { next_type: "Phone Call", next_on: "2026-12-01 09:00:00" };
	assert.deepEqual(logic.plan_of({ ...values, ...dated }), dated);
	assert.deepEqual(logic.plan_of({ next_unit: "Days" }), {});
});

test("only the values of the chosen way are sent", () => {
	const values = { outcome: "Offer Sent", note: "", next_in: 2, next_unit: "Days", reason: "why" };
	const sent = {
		outcome: "Offer Sent",
		note: null,
		then: "nothing",
		next: null,
		reason: null,
		...NO_RESULT,
	};
	assert.deepEqual(logic.finishing_args("nothing", values), sent);
	assert.deepEqual(logic.finishing_args("plan", values).next, { next_in: 2, next_unit: "Days" });
	assert.equal(logic.finishing_args("plan", values).reason, null);
	assert.equal(logic.finishing_args("close", values).reason, "why");
});

test("entering the number clears the date, and entering the date clears the number", () => {
	const both = { next_on: "2026-12-01", next_in: 2 };
	assert.deepEqual(logic.after_entering("next_on", both), { next_in: null });
	assert.deepEqual(logic.after_entering("next_in", both), { next_on: null });
	assert.deepEqual(logic.after_entering("next_unit", { next_in: 0, next_on: "2026-12-01" }), {});
	assert.deepEqual(logic.after_entering("next_on", { next_on: null, next_in: 2 }), {});
});

test("only planned interactions and meetings can be completed", () => {
	assert.equal(logic.can_finish({ activity_type: "Interaction", status: "Planned" }), true);
	assert.equal(logic.can_finish({ activity_type: "Meeting", status: "Planned", completed: 0 }), true);
	assert.equal(logic.can_finish({ activity_type: "Meeting", status: "Held", completed: 0 }), false);
	assert.equal(logic.can_finish({ activity_type: "Interaction", status: "Planned", completed: 1 }), false);
	assert.equal(logic.can_finish({ activity_type: "ToDo", status: "Planned" }), false);
});
