import assert from "node:assert/strict";
import test from "node:test";

import * as logic from "../../../crm_interactions/public/js/logic/options.js";
import { has_content } from "../../../crm_interactions/public/js/logic/notes.js";
import {
	is_view,
	saved_views,
	stands_out,
	supervisors_day,
} from "../../../crm_interactions/public/js/logic/views.js";

test("disabled types and types of disabled media aren't offered (R4)", () => {
	assert.deepEqual(logic.type_filters({ media_off: [] }), { disabled: 0 });
	const media_off = ["SMS", "Meeting"];
	assert.deepEqual(logic.type_filters({ media_off }), { disabled: 0, medium: ["not in", media_off] });
	assert.deepEqual(logic.type_filters(), { disabled: 0 });
});

test("a single partner type is chosen automatically", () => {
	assert.equal(logic.only_party_type({ party_types: ["Partner"] }), "Partner");
	assert.equal(logic.only_party_type({ party_types: ["Customer", "Supplier"] }), null);
	assert.equal(logic.only_party_type({}), null);
	assert.equal(logic.default_party_type({ party_types: ["Customer", "Supplier"] }), "Customer");
	assert.equal(logic.default_party_type({}), null);
});

test("disabled options hide their fields (R12)", () => {
	assert.deepEqual(logic.hidden_fields({ use_reviewed: 1, use_under_control: 1 }), []);
	const of_reviews = ["reviewed", "reviewed_by", "reviewed_on", "review_again_on"];
	assert.deepEqual(logic.hidden_fields({ use_reviewed: 0, use_under_control: 1 }), of_reviews);
	const of_control = ["under_control", "control_on"];
	assert.deepEqual(logic.hidden_fields({ use_reviewed: 1, use_under_control: 0 }), of_control);
});

const BOOT = { party_types: ["Customer"] };
for (const [route, expected] of [
	[["Form", "Customer", "Kovinar"], { party_type: "Customer", party: "Kovinar" }],
	[["Form", "Supplier", "Kovinar"], null],
	[["Form", "Customer", "new-customer-abc"], null],
	[["List", "Customer", "List"], null],
	[["Form", "Customer"], null],
	[[], null],
	[null, null],
]) {
	test(`coming from ${JSON.stringify(route)} proposes ${JSON.stringify(expected)}`, () =>
		assert.deepEqual(logic.party_from_route(route, BOOT), expected));
}

test("saved views depend on the user and the time", () => {
	const context = { user: "ana@example.com", now: "NOW", end_of_day: "END", use_reviewed: 1 };
	const [mine, today, late, review] = saved_views(context);
	assert.deepEqual(mine.filters, [
		["responsible", "=", "ana@example.com"],
		["status", "=", "Planned"],
	]);
	assert.deepEqual(today.filters, [
		["responsible", "=", "ana@example.com"],
		["status", "=", "Planned"],
		["due_until", ">=", "NOW"],
		["due_until", "<", "END"],
	]);
	assert.deepEqual(late.filters, [
		["status", "=", "Planned"],
		["due_until", "<", "NOW"],
	]);
	assert.equal(review.key, "to_review");
	assert.deepEqual(
		[mine, today, late, review].map(({ sort }) => sort),
		["asc", "asc", "asc", "desc"]
	);
});

test("a list shows a view while its filters are those of the view, at any moment", () => {
	const at = (now) => saved_views({ user: "ana@example.com", now, end_of_day: "END", use_reviewed: 1 });
	const filters = (view) => view.filters.map((filter) => ["Interaction", ...filter, false]);
	for (const view of at("2031-03-10 09:00:00")) {
		const shown = at("2031-03-10 10:00:00").filter((other) => is_view(other, filters(view)));
		assert.deepEqual(
			shown.map(({ key }) => key),
			[view.key]
		);
	}
	assert.equal(is_view(at("NOW")[0], []), false);
});

test("the journal has the same views, of its own fields (R1)", () => {
	const context = {
		user: "ana@example.com",
		now: "NOW",
		use_reviewed: 1,
		use_under_control: 1,
		end_of_day: "END",
	};
	const [own, journal] = [saved_views(context), saved_views({ ...context, is_journal: true })];
	assert.deepEqual(
		journal.map(({ label }) => label),
		own.map(({ label }) => label)
	);
	const [mine, today, late, review] = journal;
	assert.deepEqual([mine, today, late], own.slice(0, 3));
	assert.deepEqual(review.filters, [
		["status", "=", "Done"],
		["reviewed", "=", 0],
		["activity_type", "in", ["Interaction", "Meeting"]],
	]);
});

test("without reviews there is no view of activities to review", () => {
	const keys = saved_views({ user: "x", now: "y", use_reviewed: 0 }).map(({ key }) => key);
	assert.deepEqual(keys, ["mine", "due_today", "late"]);
});

test("unreviewed rows stand out if the site uses reviews (R12)", () => {
	assert.equal(stands_out({ reviewed: 0 }, { use_reviewed: 1 }), true);
	assert.equal(stands_out({ reviewed: "0" }, { use_reviewed: 1 }), true);
	assert.equal(stands_out({ reviewed: 1 }, { use_reviewed: 1 }), false);
	assert.equal(stands_out({ reviewed: 0 }, { use_reviewed: 0 }), false);
});

const BLANK = ['<div class="ql-editor read-mode"><p><br></p></div>', "<p>&nbsp;</p>", "", null];
for (const html of [...BLANK, "<p>Da</p>", '<p><img src="/files/a.png"></p>']) {
	const expected = !BLANK.includes(html);
	test(`${JSON.stringify(html)} ${expected ? "has content" : "is empty"}`, () =>
		assert.equal(has_content(html), expected));
}

test("a control date comes before a review date, and each needs its option (R12)", () => {
	const both = { use_reviewed: 1, use_under_control: 1 };
	const doc = { reviewed: 1, review_again_on: "2100-01-02", under_control: 1, control_on: "2100-01-01" };
	assert.deepEqual(supervisors_day(doc, both), { kind: "control", day: "2100-01-01" });
	assert.deepEqual(supervisors_day(doc, { use_reviewed: 1 }), { kind: "again", day: "2100-01-02" });
	assert.deepEqual(supervisors_day({ under_control: "1" }, both), { kind: "control", day: null });
	assert.equal(supervisors_day({ reviewed: 1 }, both), null);
	assert.equal(supervisors_day(doc, {}), null);
});
