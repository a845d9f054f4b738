import assert from "node:assert/strict";
import test from "node:test";

import * as logic from "../../../crm_interactions/public/js/logic/chain.js";

const NOW = "2026-11-21 12:00:00";

for (const [row, state] of [
	[{ status: "Planned", due_until: "2026-11-21 11:59:59" }, "late"],
	[{ status: "Planned", due_until: NOW }, "planned"],
	[{ status: "Planned", due_until: null }, "planned"],
	[{ status: "Done", activity_date: "2026-11-22 08:00:00" }, "done"],
	[{ status: "Cancelled", activity_date: "2026-11-01 08:00:00" }, "cancelled"],
]) {
	test(`${JSON.stringify(row)} is ${state}`, () => {
		assert.equal(logic.row_state(row, NOW), state);
		assert.ok(logic.look_of_row(state).label && logic.look_of_row(state).color);
	});
}

test("an open chain without a next step is flagged, a closed one isn't (R23)", () => {
	assert.equal(logic.lacks_next_step({ status: "Open", next_step_on: null }), true);
	assert.equal(logic.lacks_next_step({ status: "Open", next_step_on: NOW }), false);
	assert.equal(logic.lacks_next_step({ status: "Closed", next_step_on: null }), false);
	assert.equal(logic.lacks_next_step({ status: "Merged", next_step_on: null }), false);
});

test("choosing an activity type again removes it from the filter", () => {
	assert.deepEqual(logic.toggled([], "Meeting"), ["Meeting"]);
	assert.deepEqual(logic.toggled(["Meeting"], "Event"), ["Meeting", "Event"]);
	assert.deepEqual(logic.toggled(["Meeting", "Event"], "Meeting"), ["Event"]);
});

test("badges follow the order of types, and the row's own type needs two documents (R18)", () => {
	const types = ["Interaction", "Meeting", "Event"].map((doctype) => ({ doctype }));
	const named = (counts, own) =>
		logic.badges_of(counts, types, own).map(({ doctype, count }) => `${count} ${doctype}`);
	const counts = { Event: 2, Interaction: 1, Meeting: 1 };
	assert.deepEqual(named(counts, "Interaction"), ["1 Meeting", "2 Event"]);
	assert.deepEqual(named({ Interaction: 2 }, "Interaction"), ["2 Interaction"]);
	assert.deepEqual(named({ Interaction: 1 }, "Meeting"), ["1 Interaction"]);
	assert.deepEqual(named(undefined, "Interaction"), []);
});

test("the server's questions are answered with the arguments that they name", () => {
	assert.deepEqual(logic.answers_to([]), {});
	assert.deepEqual(logic.answers_to(undefined), {});
	const questions = [{ argument: "reopen" }, { argument: "across_partners" }];
	assert.deepEqual(logic.answers_to(questions), { reopen: 1, across_partners: 1 });
});

for (const [index, key, expected] of [
	[-1, "ArrowDown", 0],
	[-1, "ArrowUp", 0],
	[2, "ArrowDown", 2],
	[0, "ArrowUp", 0],
	[0, "PageDown", 2],
	[2, "PageUp", 0],
	[1, "a", 1],
]) {
	test(`${key} at ${index} of three rows leads to ${expected}`, () =>
		assert.equal(logic.moved_selection(index, key, 3), expected));
}

test("an empty list has no selection", () => assert.equal(logic.moved_selection(0, "ArrowDown", 0), -1));

test("every view of chains is filtered by status Open", () => {
	for (const filters of Object.values(logic.chain_views({ user: "a@example.com", since: NOW }))) {
		assert.ok(filters.some(([field, , value]) => field === "status" && value === "Open"));
	}
});

test("a chain is linked by its newest uncancelled activity, the app's own types first", () => {
	const row = (activity_type, activity, status = "Done") => ({ activity_type, activity, status });
	const own = ["Interaction", "Meeting"];
	const [event, cancelled] = [row("Event", "E1"), row("Interaction", "I9", "Cancelled")];
	const [call, older] = [row("Interaction", "I2"), row("Interaction", "I1")];
	const found = { activity_type: "Interaction", activity: "I2" };
	assert.deepEqual(logic.anchor_of([event, cancelled, call, older], own), found);
	assert.deepEqual(logic.anchor_of([cancelled, event], own), { activity_type: "Event", activity: "E1" });
	assert.deepEqual(logic.anchor_of([cancelled], own), { activity_type: "Interaction", activity: "I9" });
	assert.equal(logic.anchor_of([], own), null);
});

test("a chain is slow by its kind, not only for a missing next step", () => {
	const slow = { slow: 1, started_on: "a", last_activity_on: "b", turn_since: "c" };
	const reasons = [
		["Waiting for Us Longer Than Usual", "Waiting for Us", "c"],
		["Silent Longer Than Usual", "Silent", "b"],
		["Open Longer Than Usual", "Open Long", "a"],
	];
	for (const [slow_reason, short, since] of reasons) {
		assert.equal(logic.is_slow({ ...slow, slow_reason }), true);
		assert.equal(logic.short_reason(slow_reason), short);
		assert.equal(logic.slow_since({ ...slow, slow_reason }), since);
	}
	assert.equal(logic.is_slow({ slow: 1, slow_reason: "No Next Step" }), false);
	assert.equal(logic.is_slow({ slow: 0 }), false);
});
