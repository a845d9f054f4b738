import assert from "node:assert/strict";
import test from "node:test";
import { is_under_way, shown_percent } from "../../../crm_interactions/public/js/logic/dossier.js";

test("a dossier is asked for until it is done or has failed", () => {
	const states = ["waiting", "running", "done", "failed"].map((state) => is_under_way({ state }));
	assert.deepEqual(states, [true, true, false, false]);
	assert.equal(is_under_way(null), false);
});

test("the bar shows a little at once, and is full when the dossier is done", () => {
	assert.equal(shown_percent({ state: "waiting" }), 3);
	assert.equal(shown_percent({ state: "running", percent: 40 }), 40);
	assert.equal(shown_percent({ state: "done", percent: 85 }), 100);
});
