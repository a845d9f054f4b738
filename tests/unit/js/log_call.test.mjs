import assert from "node:assert/strict";
import { test } from "node:test";

import {
	is_blank,
	is_reach,
	new_draft,
	read_draft,
	sole_match,
	values_of,
} from "../../../crm_interactions/public/js/logic/log_call.js";

const KIND = { type: "Phone Call", direction: "Incoming" };
const ANA = { party_type: "Partner", party: "Adria", contact: "Ana", exact: true };

test("a number or an address tells how to reach, a name doesn't", () => {
	for (const text of ["+385 1 555", "01/555-012", "ana@adria.example"]) assert.ok(is_reach(text), text);
	for (const text of ["Adria", "12", "Room 12345", ""]) assert.ok(!is_reach(text), text);
});

test("only one exact match is chosen without asking", () => {
	assert.equal(sole_match([ANA]), ANA);
	assert.equal(sole_match([{ ...ANA, exact: false }]), null);
	assert.equal(sole_match([ANA, ANA]), null);
});

test("a draft that can't be read is a new one", () => {
	for (const text of [null, "", "{", "[]", '"text"'])
		assert.deepEqual(read_draft(text, "k"), new_draft("k"));
	const left = { ...new_draft("old"), note: "Half a note" };
	assert.deepEqual(read_draft(JSON.stringify(left), "k"), left);
	assert.ok(is_blank(new_draft("k")));
	assert.ok(!is_blank(left));
});

test("the first line of the note is the topic, and a choice overrides the match", () => {
	const draft = {
		...new_draft("k"),
		who: "+385 1 555 0123",
		note: "Wants pumps\nTwo of them",
		chosen: ANA,
	};
	assert.deepEqual(values_of(draft, KIND, { chain: "CH-1" }).values, {
		...{ interaction_type: "Phone Call", direction: "Incoming", status: "Held" },
		...{ party_type: "Partner", party: "Adria", contact: "Ana", how_to_reach: "+385 1 555 0123" },
		...{ chain: "CH-1", title: "Wants pumps", notes: "Two of them", outcome: "" },
	});
	const { plan_next, next_in, next_unit } = values_of({ ...draft, next: "3 Days" }, KIND, {}).values;
	assert.deepEqual([plan_next, next_in, next_unit], [1, 3, "Days"]);
});

test("what is missing is said", () => {
	assert.match(values_of({ ...new_draft("k"), note: "x" }, KIND, {}).problem, /enter a number/);
	assert.match(values_of({ ...new_draft("k"), who: "Adria", note: "x" }, KIND, {}).problem, /Choose/);
	assert.match(values_of({ ...new_draft("k"), who: "+385 1 555" }, KIND, {}).problem, /note/);
});
