import assert from "node:assert/strict";
import test from "node:test";

import { proposed_chain, urgency_of } from "../../../crm_interactions/public/js/logic/open_chains.js";

const shifted = (text, hours) =>
	new Date(Date.parse(`${text.replace(" ", "T")}Z`) + hours * 3_600_000)
		.toISOString()
		.slice(0, 19)
		.replace("T", " ");
// the day of a user in Berlin, on a site in UTC
const clock = {
	now: "2026-11-26 15:30:00",
	end_of_day: "2026-11-26 23:00:00",
	to_user: (text) => shifted(text, 1),
	to_system: (text) => shifted(text, -1),
};
const chain = (name, next_step_on) => ({ name, next_step_on });

for (const [next_step_on, expected] of [
	["2026-11-26 15:29:00", "late"],
	["2026-11-20 09:00:00", "late"],
	["2026-11-26 16:00:00", "due"],
	["2026-11-26 22:59:59", "due"],
	["2026-11-26 23:30:00", ""],
	["2026-11-26 00:00:00", "due"],
	["2026-11-25 00:00:00", "late"],
	[null, ""],
]) {
	test(`a next step on ${next_step_on} is ${expected || "neither late nor due"}`, () =>
		assert.equal(urgency_of(chain("CH-1", next_step_on), clock), expected));
}

test("the only late chain is proposed", () =>
	assert.equal(
		proposed_chain([chain("CH-2", "2026-12-01 09:00:00"), chain("CH-1", "2026-11-20 09:00:00")], clock),
		"CH-1"
	));

test("of two late chains, and of chains without an urgent step, none is proposed", () => {
	const late = [chain("CH-2", "2026-11-26 15:00:00"), chain("CH-1", "2026-11-26 16:00:00")];
	assert.equal(proposed_chain(late, clock), "");
	assert.equal(proposed_chain([chain("CH-1", "2026-12-01 09:00:00"), chain("CH-2", null)], clock), "");
});
