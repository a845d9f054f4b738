import assert from "node:assert/strict";
import test from "node:test";

import { can_be_undone, log_sentence } from "../../../crm_interactions/public/js/logic/chain_log.js";

const english = (text, values = []) => text.replace(/\{(\d)\}/g, (_, index) => values[index]);
const show = {
	chain: (name) => `[${name}]`,
	activity: ({ activity }) => `[${activity}]`,
	subject: (doctype, name) => (name ? `[${name}]` : ""),
	text: (text) => text.replace("<", "&lt;"),
};
const ENTRY = { chain: "CH-1", other_chain: "CH-2", activity_type: "Interaction", activity: "INT-1" };
const CHANGED = { action: "Subject", subject_before: "A" };

for (const [entry, sentence, seen_from = "CH-1"] of [
	[{ action: "Join", moved: 3 }, "[CH-2] was joined (3 activities)."],
	[{ action: "Join", moved: 1 }, "[CH-2] was joined (1 activity)."],
	[{ action: "Join" }, "[CH-2] was joined."],
	[{ action: "Join", moved: 3 }, "This chain was joined into [CH-1].", "CH-2"],
	[{ action: "Split", moved: 1 }, "[INT-1] was moved to [CH-2]."],
	[
		{ action: "Split", moved: 2 },
		"[INT-1] and the activities after it were moved to [CH-2] (2 activities).",
	],
	[{ action: "Split", moved: 2 }, "This chain was split off from [CH-1].", "CH-2"],
	[{ action: "Subject", subject_after: "OPP-1" }, "[OPP-1] became the subject."],
	[CHANGED, "The subject [A] was removed."],
	[{ ...CHANGED, subject_after: "B" }, "The subject was changed from [A] to [B]."],
	[{ action: "Close", note: "Bought <elsewhere" }, "The chain was closed: Bought &lt;elsewhere"],
	[{ action: "Close" }, "The chain was closed."],
	[{ action: "Close", result_after: "Won" }, "The chain was closed with the result Won."],
	[
		{ action: "Close", result_after: "Lost", note: "Price <high" },
		"The chain was closed with the result Lost: Price &lt;high",
	],
	[{ action: "Result", result_after: "Won" }, "The subject gave the result Won."],
	[
		{ action: "Result", result_before: "Won", result_after: "Lost" },
		"The subject changed the result from Won to Lost.",
	],
	[{ action: "Result", result_before: "Won" }, "The subject no longer gives the result Won."],
	[{ action: "Reopen" }, "The chain was reopened."],
	[{ action: "Undo" }, "The change with [CH-2] was undone."],
	[{ action: "Undo" }, "The change with [CH-1] was undone.", "CH-2"],
	[{ action: "Undo", other_chain: null }, "The subject change was undone."],
	[{ action: "Something Later" }, "Something Later"],
]) {
	test(`${JSON.stringify(entry)} seen from ${seen_from}: ${sentence}`, () =>
		assert.equal(log_sentence({ ...ENTRY, ...entry }, seen_from, show, english), sentence));
}

test("only a change that is not undone yet can be undone", () => {
	assert.equal(can_be_undone({ action: "Join", undone_on: null }), true);
	assert.equal(can_be_undone({ action: "Join", undone_on: "2026-11-21 12:00:00" }), false);
	assert.equal(can_be_undone({ action: "Close", undone_on: null }), false);
});
