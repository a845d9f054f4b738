import assert from "node:assert/strict";
import test from "node:test";

import {
	anchor_of,
	answers_to,
	badges_of,
	chain_views,
	fold,
	look_of_row,
	moved_selection,
	lacks_next_step,
	row_state,
	toggled,
} from "../../../crm_interactions/public/js/logic/chain.js";

const NOW = "2026-11-21 12:00:00";

for (const [row, state] of [
	[{ status: "Planned", activity_date: "2026-11-21 11:59:59" }, "late"],
	[{ status: "Planned", activity_date: NOW }, "planned"],
	[{ status: "Planned", activity_date: null }, "planned"],
	[{ status: "Done", activity_date: "2026-11-22 08:00:00" }, "done"],
	[{ status: "Cancelled", activity_date: "2026-11-01 08:00:00" }, "cancelled"],
]) {
	test(`${JSON.stringify(row)} is ${state}`, () => {
		assert.equal(row_state(row, NOW), state);
		assert.ok(look_of_row(state).label && look_of_row(state).color);
	});
}

test("an open chain without a next step is flagged, a closed one isn't (R23)", () => {
	assert.equal(lacks_next_step({ status: "Open", next_step_on: null }), true);
	assert.equal(lacks_next_step({ status: "Open", next_step_on: NOW }), false);
	assert.equal(lacks_next_step({ status: "Closed", next_step_on: null }), false);
	assert.equal(lacks_next_step({ status: "Merged", next_step_on: null }), false);
});

test("choosing an activity type again removes it from the filter", () => {
	assert.deepEqual(toggled([], "Meeting"), ["Meeting"]);
	assert.deepEqual(toggled(["Meeting"], "Event"), ["Meeting", "Event"]);
	assert.deepEqual(toggled(["Meeting", "Event"], "Meeting"), ["Event"]);
});

test("a folded panel shows the newest rows and the current one below them", () => {
	const rows = [1, 2, 3, 4, 5, 6, 7];
	const at = (current) => (row) => row === current;
	assert.deepEqual(fold(rows, 5, at(2)), { shown: [1, 2, 3, 4, 5], below: [] });
	assert.deepEqual(fold(rows, 5, at(7)), { shown: [1, 2, 3, 4, 5], below: [7] });
	assert.deepEqual(fold(rows, 0, at(7)), { shown: rows, below: [] });
	assert.deepEqual(fold(rows.slice(1), 5, at(7)), { shown: rows.slice(1), below: [] });
});

test("badges follow the order of types, and the row's own type needs two documents (R18)", () => {
	const types = ["Interaction", "Meeting", "Event"].map((doctype) => ({ doctype }));
	const named = (counts, own) =>
		badges_of(counts, types, own).map(({ doctype, count }) => `${count} ${doctype}`);
	assert.deepEqual(named({ Event: 2, Interaction: 1, Meeting: 1 }, "Interaction"), [
		"1 Meeting",
		"2 Event",
	]);
	assert.deepEqual(named({ Interaction: 2 }, "Interaction"), ["2 Interaction"]);
	assert.deepEqual(named({ Interaction: 1 }, "Meeting"), ["1 Interaction"]);
	assert.deepEqual(named(undefined, "Interaction"), []);
});

test("the server's questions are answered with the arguments that they name", () => {
	assert.deepEqual(answers_to([]), {});
	assert.deepEqual(answers_to(undefined), {});
	assert.deepEqual(answers_to([{ argument: "reopen" }, { argument: "across_partners" }]), {
		reopen: 1,
		across_partners: 1,
	});
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
		assert.equal(moved_selection(index, key, 3), expected));
}

test("an empty list has no selection", () => assert.equal(moved_selection(0, "ArrowDown", 0), -1));

test("every view of chains is filtered by status Open", () => {
	for (const filters of Object.values(chain_views({ user: "a@example.com", since: NOW }))) {
		assert.ok(filters.some(([field, , value]) => field === "status" && value === "Open"));
	}
});

test("a chain is linked by its newest uncancelled activity, the app's own types first", () => {
	const row = (activity_type, activity, status = "Done") => ({
		activity_type,
		activity,
		status,
		title: "…",
	});
	const own = ["Interaction", "Meeting"];
	const event = row("Event", "E1");
	const cancelled = row("Interaction", "I9", "Cancelled");
	const call = row("Interaction", "I2");
	const older = row("Interaction", "I1");
	assert.deepEqual(anchor_of([event, cancelled, call, older], own), {
		activity_type: "Interaction",
		activity: "I2",
	});
	assert.deepEqual(anchor_of([cancelled, event], own), { activity_type: "Event", activity: "E1" });
	assert.deepEqual(anchor_of([cancelled], own), { activity_type: "Interaction", activity: "I9" });
	assert.equal(anchor_of([], own), null);
});
