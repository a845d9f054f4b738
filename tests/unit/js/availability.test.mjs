import assert from "node:assert/strict";
import test from "node:test";

import {
	place_of,
	question_of,
	span_of,
	state_of,
} from "../../../crm_interactions/public/js/logic/availability.js";
import { has_left_out } from "../../../crm_interactions/public/js/logic/invitation.js";

const hours = Array.from({ length: 25 }, (_, hour) => ({ minute: hour * 60, label: `${hour}:00` }));
const day = (chosen, busy = []) => ({ hours, length: 1440, chosen, rows: [{ busy, chosen: null }] });
const ends = ({ begins, ends }) => [begins / 60, ends / 60];

test("a meeting without a start asks nothing", () => assert.equal(question_of({ responsible: "a" }), null));

test("colleagues and resources are asked for, guests aren't", () => {
	const question = question_of({
		starts_on: "2031-03-10 09:00:00",
		responsible: "ana",
		name: "MTG-1",
		participants: [
			{ participant_type: "User", participant: "ivo" },
			{ participant_type: "Contact", participant: "guest" },
			{ participant_type: "Employee" },
		],
		resources: [
			{ resource: "Room", booked_from: "x", booked_to: "y" },
			{ resource: "Car", own_time: 1, booked_from: "x", booked_to: "y" },
			{},
		],
	});
	assert.deepEqual(JSON.parse(question.people), [
		["User", "ana"],
		["User", "ivo"],
	]);
	assert.deepEqual(JSON.parse(question.resources), [["Room"], ["Car", "x", "y"]]);
	assert.equal(question.meeting, "MTG-1");
	assert.ok(!("meeting" in question_of({ starts_on: "x", name: "new-1", __islocal: 1 })));
});

test("the usual working day is in sight, and more if it's in use", () => {
	assert.deepEqual(ends(span_of(day({ begins: 600, ends: 660 }))), [7, 20]);
	assert.deepEqual(ends(span_of(day({ begins: 330, ends: 390 }))), [5, 20]);
	assert.deepEqual(ends(span_of(day({ begins: 600, ends: 660 }, [{ begins: 1290, ends: 1350 }]))), [7, 23]);
	assert.deepEqual(ends(span_of(day({ begins: 600, ends: 660 }, [{ begins: 0, ends: 1440 }]))), [0, 24]);
});

test("a period has its place within the span", () => {
	const span = { begins: 420, ends: 1200 };
	const { left, width } = place_of({ begins: 420, ends: 810 }, span);
	assert.deepEqual([left, Math.round(width)], [0, 50]);
	assert.equal(place_of({ begins: 0, ends: 420 }, span), null);
});

test("a row is busy before it's closed", () => {
	const clash = { clash: 1 };
	assert.equal(state_of({ busy: [clash], closed: [clash] }), "busy");
	assert.equal(state_of({ busy: [{ clash: 0 }], closed: [clash] }), "closed");
	assert.equal(state_of({ busy: [{ clash: 0 }], closed: [] }), "free");
});

test("people who were left out are known from the invitation's state", () => {
	assert.equal(has_left_out({ invitation_state: '{"left_out": ["ivo@example.com"]}' }), true);
	assert.equal(has_left_out({ invitation_state: '{"left_out": []}' }), false);
	assert.equal(has_left_out({}), false);
});
