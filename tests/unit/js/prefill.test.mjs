import assert from "node:assert/strict";
import test from "node:test";

import { when_to_prefill } from "../../../crm_interactions/public/js/logic/prefill.js";

for (const [what, state, expected] of [
	["an empty field", { value: "", text: "", focused: false }, "now"],
	["a field without an input", { value: undefined, text: undefined, focused: false }, "now"],
	["an empty focused field", { value: null, text: "", focused: true }, "later"],
	["a focused field with typed text", { value: "", text: "(495)", focused: true }, "never"],
	["typed text in a field without focus", { value: "", text: "(495)", focused: false }, "never"],
	["a field with a value", { value: "(495)", text: "(495)", focused: false }, "never"],
	["a value whose text isn't shown yet", { value: "CONT-1", text: "", focused: true }, "never"],
]) {
	test(`${what} is filled in ${expected}`, () => assert.equal(when_to_prefill(state), expected));
}
