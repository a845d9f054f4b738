import assert from "node:assert/strict";
import test from "node:test";

import { tab_target, unchosen } from "../../../crm_interactions/public/js/logic/dialog_keys.js";

for (const [name, given, expected] of [
	["between fields, the browser moves", { position: 1, count: 4 }, -1],
	["from the last field, Tab goes to the first", { position: 3, count: 4 }, 0],
	["from the first field, Shift+Tab goes to the last", { position: 0, count: 4, backwards: true }, 3],
	["from outside, Tab goes to the first field", { position: -1, count: 4 }, 0],
	["from outside, Shift+Tab goes to the last field", { position: -1, count: 4, backwards: true }, 3],
	["Tab leaves an editor", { position: 1, count: 4, in_editor: true }, 2],
	["Shift+Tab leaves an editor", { position: 1, count: 4, in_editor: true, backwards: true }, 0],
	["a dialog without fields keeps the key to the browser", { position: -1, count: 0 }, -1],
]) {
	test(name, () => assert.equal(tab_target(given), expected));
}

for (const [name, given, expected] of [
	["a chosen value is no pending text", { text: "Ana Kos", input: "CON-1", value: "CON-1" }, ""],
	["typed text is pending", { text: "Ana", input: "Ana" }, "Ana"],
	["text typed over a chosen value is pending", { text: "Iva", input: "Iva", value: "CON-1" }, "Iva"],
	["text that was cleared on leaving is pending", { text: "", input: "", left: "An" }, "An"],
	["a value chosen afterwards replaces it", { text: "", input: "", value: "CON-1", left: "An" }, ""],
	["an empty field has none", { text: "", input: "" }, ""],
]) {
	test(name, () => assert.equal(unchosen(given), expected));
}
