import assert from "node:assert/strict";
import test from "node:test";

import { COLORS, people_colors } from "../../../crm_interactions/public/js/logic/people_colors.js";

const OTHERS = COLORS.slice(1).map((_, index) => `user${index}@example.com`);

test("each person has a colour of their own, as long as there are enough", () => {
	const color_of = people_colors("ana@example.com");
	const found = ["ana@example.com", ...OTHERS].map(color_of);
	assert.equal(found[0], COLORS[0]);
	assert.deepEqual([...found].sort(), [...COLORS].sort());
	assert.ok(COLORS.includes(color_of("one.more@example.com")));
});

test("a person keeps the colour", () => {
	const [first] = OTHERS;
	const color_of = people_colors("ana@example.com");
	assert.equal(color_of(first), people_colors("ana@example.com")(first));
	assert.equal(color_of(first), color_of(first));
});
