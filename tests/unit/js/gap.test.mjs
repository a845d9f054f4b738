import assert from "node:assert/strict";
import test from "node:test";

import { gap_of, gap_text } from "../../../crm_interactions/public/js/logic/gap.js";

const [MINUTE, HOUR, DAY] = [60, 60 * 60, 24 * 60 * 60];
const english = (text, values = []) => text.replace(/\{(\d)\}/g, (_, index) => values[index]);

for (const [seconds, text] of [
	...[null, undefined, 0, 59, -5 * DAY].map((seconds) => [seconds, ""]),
	[MINUTE, "1 minute later"],
	[59.4 * MINUTE, "59 minutes later"],
	[59.6 * MINUTE, "1 hour later"],
	[23.4 * HOUR, "23 hours later"],
	[23.6 * HOUR, "1 day later"],
	[11 * DAY, "11 days later"],
	[13.4 * DAY, "13 days later"],
	[14 * DAY, "2 weeks later"],
	[59 * DAY, "8 weeks later"],
	[61 * DAY, "2 months later"],
	[365 * DAY, "12 months later"],
	[23 * 30.4375 * DAY, "23 months later"],
	[730 * DAY, "2 years later"],
	[3653 * DAY, "10 years later"],
]) {
	test(`${seconds} seconds are "${text}"`, () => assert.equal(gap_text(seconds, english), text));
}

test("every gap from a minute on has a text, and weeks, months and years start at two", () => {
	for (let seconds = MINUTE; seconds < 4000 * DAY; seconds = Math.ceil(seconds * 1.01)) {
		const { count, unit } = gap_of(seconds);
		assert.ok(count >= 1, `${seconds}: ${count} ${unit}`);
		assert.ok(count > 1 || ["minute", "hour", "day"].includes(unit), `${seconds}: ${count} ${unit}`);
	}
});
