import assert from "node:assert/strict";
import test from "node:test";

import { points_of, totals_of } from "../../../crm_interactions/public/js/logic/contact_map.js";

const DAYS = { "2026-03-02": 3, "2026-03-29": 1 };

test("each day is a point on the browser's clock", () => {
	const points = points_of(DAYS);
	const shown = Object.keys(points).map((seconds) => new Date(Number(seconds) * 1000).getDate());
	assert.deepEqual(shown, [2, 29]);
	assert.deepEqual(Object.values(points), [3, 1]);
});

test("activities and days are added up", () => {
	assert.deepEqual(totals_of(DAYS), [4, 2]);
	assert.deepEqual(totals_of({}), [0, 0]);
});
