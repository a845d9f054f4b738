import assert from "node:assert/strict";
import test from "node:test";

import * as logic from "../../../crm_interactions/public/js/logic/timer.js";

const SECOND = 1000;
const started = (at = 0) => {
	const timer = new logic.Timer();
	timer.start(at);
	return timer;
};

test("the timer counts whole seconds from the start (R8)", () =>
	assert.equal(started(5 * SECOND).elapsed(47.9 * SECOND), 42));

test("a pause does not count", () => {
	const timer = started();
	timer.pause(10 * SECOND);
	assert.equal(timer.elapsed(500 * SECOND), 10);
	timer.start(600 * SECOND);
	assert.equal(timer.elapsed(605 * SECOND), 15);
});

test("toggling pauses and resumes", () => {
	const timer = started();
	timer.toggle(3 * SECOND);
	assert.equal(timer.running, false);
	timer.toggle(4 * SECOND);
	assert.equal(timer.running, true);
	assert.equal(timer.elapsed(5 * SECOND), 4);
});

test("a second start keeps the first one", () => {
	const timer = started();
	timer.start(20 * SECOND);
	assert.equal(timer.elapsed(30 * SECOND), 30);
});

test("a correction stops the timer and stays", () => {
	const timer = started();
	timer.correct(300);
	assert.equal(timer.running, false);
	assert.equal(timer.elapsed(9999 * SECOND), 300);
});

test("Start resumes from a corrected value", () => {
	const timer = started();
	timer.correct(300);
	timer.start(1000 * SECOND);
	assert.equal(timer.elapsed(1010 * SECOND), 310);
});

for (const nothing of [null, undefined, "", 0, -5, "abc"]) {
	test(`correcting to ${JSON.stringify(nothing)} resets the timer to zero`, () => {
		const timer = started();
		timer.correct(nothing);
		assert.equal(timer.elapsed(50 * SECOND), 0);
	});
}

test("a clock that is set back counts as zero", () =>
	assert.equal(started(100 * SECOND).elapsed(40 * SECOND), 0));

test("a started timer counts as used", () => {
	const timer = new logic.Timer();
	assert.equal(timer.used, false);
	timer.start(0);
	timer.pause(SECOND);
	assert.equal(timer.used, true);
});

for (const [seconds, text] of [
	[0, "0:00"],
	[7, "0:07"],
	[59, "0:59"],
	[60, "1:00"],
	[750, "12:30"],
	[3723, "1:02:03"],
	[360000, "100:00:00"],
]) {
	test(`${seconds} seconds are shown as ${text}`, () => assert.equal(logic.format_elapsed(seconds), text));
}

test("up to five minutes before or after count as now", () => {
	const now = 1e12;
	const minute = 60 * SECOND;
	assert.ok(logic.happens_now(now - 5 * minute, now));
	assert.ok(logic.happens_now(now + 5 * minute, now));
	assert.ok(!logic.happens_now(now - 6 * minute, now));
	assert.ok(!logic.happens_now(now + 6 * minute, now));
});

const COUNTED = [{ status: "Held" }, { status: "" }, {}];
const NOT_HELD = ["Planned", "Not Held", "Cancelled"].map((status) => ({ status }));
for (const doc of [...COUNTED, ...NOT_HELD, { status: "Held", ends_on: "2026-11-21 10:00:00" }]) {
	const expected = COUNTED.includes(doc);
	test(`the measured time of ${JSON.stringify(doc)} ${expected ? "counts" : "doesn't count"}`, () =>
		assert.equal(logic.counts_for(doc), expected));
}

for (const [doc, type, expected] of [
	[{}, { default_duration: 600 }, 600],
	[{}, {}, 0],
	[{ duration: 60 }, { default_duration: 600 }, 0],
	[{ ends_on: "2026-11-21 10:00:00" }, { default_duration: 600 }, 0],
]) {
	test(`${JSON.stringify(type)} proposes ${expected} seconds for ${JSON.stringify(doc)}`, () =>
		assert.equal(logic.proposed_duration(doc, type), expected));
}
