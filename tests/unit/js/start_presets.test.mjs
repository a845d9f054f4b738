import assert from "node:assert/strict";
import test from "node:test";

import { start_presets } from "../../../crm_interactions/public/js/logic/start_presets.js";

const offered = (now) => start_presets(now).map(({ day, time, at }) => `${day} ${time} = ${at}`);

test("today, tomorrow and the next Monday are offered", () =>
	assert.deepEqual(offered("2026-11-26 15:30:00"), [
		"Today 16:00 = 2026-11-26 16:00:00",
		"Tomorrow 9:00 = 2026-11-27 09:00:00",
		"Monday 9:00 = 2026-11-30 09:00:00",
	]));

test("a moment that has passed isn't offered", () =>
	assert.deepEqual(offered("2026-11-26 16:00:00").slice(0, 1), ["Tomorrow 9:00 = 2026-11-27 09:00:00"]));

test("on Sunday, tomorrow is Monday", () =>
	assert.deepEqual(offered("2026-11-29 20:00:00"), ["Tomorrow 9:00 = 2026-11-30 09:00:00"]));

test("on Monday, the Monday of the next week is offered", () =>
	assert.equal(offered("2026-11-30 08:00:00").at(-1), "Monday 9:00 = 2026-12-07 09:00:00"));

test("presets cross the end of a month and a year", () =>
	assert.deepEqual(offered("2026-12-31 17:00:00"), [
		"Tomorrow 9:00 = 2027-01-01 09:00:00",
		"Monday 9:00 = 2027-01-04 09:00:00",
	]));
