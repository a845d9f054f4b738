import assert from "node:assert/strict";
import { test } from "node:test";

import * as logic from "../../../crm_interactions/public/js/logic/hand_over.js";

const PARTS = { activities: 3, next_steps: 0, chains: 2, assignments: 1 };
const COUNTS = { ...PARTS, reminders: 3, bookings: 0, total: 6 };

test("the preview has all parts, but consequences only if there are any", () => {
	const { parts, following } = logic.preview_of(COUNTS);
	const shown = parts.map(({ key, count }) => [key, count]);
	assert.deepEqual(shown, Object.entries(PARTS));
	assert.deepEqual([following.length, following[0].key], [1, "reminders"]);
});

test("a partner type without a partner is not sent", () => {
	const users = { from_user: "a", to_user: "b", open_only: 1 };
	assert.deepEqual(logic.hand_over_args({ ...users, party_type: "Customer" }), users);
	const all = { from_user: "a", party_type: "Customer", party: "X", chain: "CH", interaction_type: "E" };
	assert.deepEqual(logic.hand_over_args(all), { ...all, open_only: 0 });
});

test("the button needs two different users and a record to hand over", () => {
	assert.equal(logic.can_be_sent({ from_user: "a", to_user: "b" }, COUNTS), true);
	assert.equal(logic.can_be_sent({ from_user: "a", to_user: "a" }, COUNTS), false);
	assert.equal(logic.can_be_sent({ from_user: "a" }, COUNTS), false);
	assert.equal(logic.can_be_sent({ from_user: "a", to_user: "b" }, { total: 0 }), false);
	assert.equal(logic.can_be_sent({ from_user: "a", to_user: "b" }, null), false);
});

test("the percentage counts handed-over, left and given-back records", () => {
	assert.equal(logic.percent_of({ total: 8, done_count: 3, left_count: 1 }), 50);
	const undoing = { undoing: 1, total: 8, done_count: 4, undone_count: 1, kept_count: 2 };
	assert.equal(logic.percent_of(undoing), 75);
	assert.equal(logic.percent_of({ total: 0, done_count: 0, left_count: 0 }), 0);
});
