import assert from "node:assert/strict";
import test from "node:test";

import * as logic from "../../../crm_interactions/public/js/logic/composer.js";

const TYPES = [
	{ name: "Phone Call", medium: "Phone Call", default_direction: "Incoming", icon: "call" },
	{ name: "Cold Call", medium: "Phone Call", default_direction: "Outgoing" },
	{ name: "E-mail", medium: "E-mail", default_direction: "Outgoing" },
	{ name: "Visit", medium: "Meeting" },
	{ name: "Planned", medium: "Planned" },
];

test("each kind has the type of its medium and direction, and is left out without one", () => {
	const found = logic.kinds_of(TYPES).map(({ key, type, direction }) => [key, type, direction]);
	assert.deepEqual(found, [
		["call_in", "Phone Call", "Incoming"],
		["call_out", "Cold Call", "Outgoing"],
		["mail", "E-mail", "Outgoing"],
		["plan", "Planned", ""],
	]);
	assert.deepEqual(logic.kinds_of(TYPES.slice(0, 1))[1].type, "Phone Call");
	assert.deepEqual(logic.kinds_of([]), []);
});

const LONG = `${"word ".repeat(40)}end`;
for (const [text, topic, note] of [
	["", "", ""],
	[" \n ", "", ""],
	[" Wants two seals ", "Wants two seals", ""],
	["Seals\n\nWants two\nof them", "Seals", "Wants two\nof them"],
	["x".repeat(140), "x".repeat(140), ""],
	[LONG, `${"word ".repeat(28).trim()}…`, LONG],
	["y".repeat(141), `${"y".repeat(70)}…`, "y".repeat(141)],
]) {
	test(`"${text.slice(0, 30)}" (${text.length}) is split into topic and note`, () =>
		assert.deepEqual(logic.split_text(text), { topic, note }));
}

test("the contact of the newest activity is proposed, if it is one of the partner's", () => {
	const contacts = [{ name: "Ana" }, { name: "Luka" }];
	const rows = [{ contact: null }, { contact: "Gone" }, { contact: "Luka" }, { contact: "Ana" }];
	assert.equal(logic.proposed_contact(contacts, rows), "Luka");
	assert.equal(logic.proposed_contact(contacts, []), "Ana");
	assert.equal(logic.proposed_contact([], rows), "");
});
