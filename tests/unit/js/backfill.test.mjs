import assert from "node:assert/strict";
import { test } from "node:test";

import { seconds_left } from "../../../crm_interactions/public/js/logic/backfill.js";

test("the time left follows the pace so far", () => {
	assert.equal(seconds_left({ done: 100, total: 400, seconds: 10 }), 30);
	assert.equal(seconds_left({ done: 3, total: 10, seconds: 1 }), 3);
});

test("no time is told before the first document and at the end", () => {
	for (const run of [{ done: 0, total: 9, seconds: 1 }, { done: 9, total: 9, seconds: 1 }, {}]) {
		assert.equal(seconds_left(run), 0);
	}
});
