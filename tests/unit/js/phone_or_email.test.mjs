import assert from "node:assert/strict";
import test from "node:test";

import * as logic from "../../../crm_interactions/public/js/logic/phone_or_email.js";

const BOTH = { email: "ana@example.com", phone: "+385 1 4567 890" };

for (const [medium, details, expected] of [
	["Phone Call", BOTH, BOTH.phone],
	["SMS", BOTH, BOTH.phone],
	["Meeting", BOTH, BOTH.phone],
	[undefined, BOTH, BOTH.phone],
	["E-mail", BOTH, BOTH.email],
	["E-mail", { phone: BOTH.phone, email: "" }, BOTH.phone],
	["Phone Call", { phone: "", email: BOTH.email }, BOTH.email],
	["Phone Call", {}, ""],
]) {
	test(`${medium} with ${JSON.stringify(details)} is reached by "${expected}"`, () =>
		assert.equal(logic.best_phone_or_email(medium, details), expected));
}

const COMPLETE = ["(495) 6329816", "12345", "ana@example.com"];
const INCOMPLETE = ["1234", "+385", "ana@", "ana@example", "call me", "", null, undefined];
for (const text of [...COMPLETE, ...INCOMPLETE]) {
	const expected = COMPLETE.includes(text);
	test(`${JSON.stringify(text)} ${expected ? "can" : "can't"} be looked up`, () =>
		assert.equal(logic.can_be_looked_up(text), expected));
}

const ANA = { contact: "Ana", party_type: "Customer", party: "A" };
const IVO = { contact: "Ivo", party_type: "Supplier", party: "A" };
const UNKNOWN = { contact: "Eva", party_type: null, party: null };

test("contacts without a partner don't fit (R6)", () =>
	assert.deepEqual(logic.fitting([ANA, UNKNOWN], {}), [ANA]));

test("a default partner type excludes no contact", () =>
	assert.deepEqual(logic.fitting([ANA, IVO], { party_type: "Customer" }), [ANA, IVO]));

test("with a chosen partner, only its contacts fit", () =>
	assert.deepEqual(logic.fitting([ANA, IVO], { party_type: "Supplier", party: "A" }), [IVO]));

test("a partner's own number fits unless a partner is chosen, who needs a contact", () => {
	const partner = { ...ANA, contact: null };
	assert.deepEqual(logic.fitting([partner], {}), [partner]);
	assert.deepEqual(logic.fitting([partner], partner), []);
});

for (const [text, email, name] of [
	["Jane Roe <jane.roe@example.com>", "jane.roe@example.com", "Jane Roe"],
	['"Roe, Jane" <jane.roe@example.com>;', "jane.roe@example.com", "Jane Roe"],
	["jane.roe@example.com;", "jane.roe@example.com", ""],
	["mailto:jane.roe@example.com?subject=x", "jane.roe@example.com", ""],
	["<jane.roe@example.com>", "jane.roe@example.com", ""],
	["jane@example", "", ""],
	["(495) 6329816", "", ""],
	[null, "", ""],
]) {
	test(`the address in ${text} is "${email}"`, () => {
		assert.deepEqual(logic.read_address(text), { email, name });
		assert.equal(logic.can_be_looked_up(text), Boolean(email) || text === "(495) 6329816");
	});
}
