import assert from "node:assert/strict";
import { test } from "node:test";

import {
	can_be_sent,
	hand_over_args,
	percent_of,
	preview_of,
} from "../../../crm_interactions/public/js/logic/hand_over.js";

const COUNTS = {
	activities: 3,
	next_steps: 0,
	chains: 2,
	assignments: 1,
	reminders: 3,
	bookings: 0,
	total: 6,
};

test("the preview has all parts, but consequences only if there are any", () => {
	const { parts, following } = preview_of(COUNTS);
	assert.deepEqual(
		parts.map(({ key, count }) => [key, count]),
		[
			["activities", 3],
			["next_steps", 0],
			["chains", 2],
			["assignments", 1],
		]
	);
	assert.deepEqual(
		following.map(({ key }) => key),
		["reminders"]
	);
});

test("a partner type without a partner is not sent", () => {
	assert.deepEqual(hand_over_args({ from_user: "a", to_user: "b", party_type: "Customer", open_only: 1 }), {
		from_user: "a",
		to_user: "b",
		open_only: 1,
	});
	assert.deepEqual(
		hand_over_args({
			from_user: "a",
			party_type: "Customer",
			party: "X",
			chain: "CH",
			interaction_type: "E",
		}),
		{
			from_user: "a",
			open_only: 0,
			party_type: "Customer",
			party: "X",
			chain: "CH",
			interaction_type: "E",
		}
	);
});

test("the button needs two different users and a record to hand over", () => {
	assert.equal(can_be_sent({ from_user: "a", to_user: "b" }, COUNTS), true);
	assert.equal(can_be_sent({ from_user: "a", to_user: "a" }, COUNTS), false);
	assert.equal(can_be_sent({ from_user: "a" }, COUNTS), false);
	assert.equal(can_be_sent({ from_user: "a", to_user: "b" }, { total: 0 }), false);
	assert.equal(can_be_sent({ from_user: "a", to_user: "b" }, null), false);
});

test("the percentage counts handed-over, left and given-back records", () => {
	assert.equal(percent_of({ total: 8, done_count: 3, left_count: 1 }), 50);
	assert.equal(percent_of({ undoing: 1, total: 8, done_count: 4, undone_count: 1, kept_count: 2 }), 75);
	assert.equal(percent_of({ total: 0, done_count: 0, left_count: 0 }), 0);
});
