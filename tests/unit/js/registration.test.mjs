import assert from "node:assert/strict";
import { test } from "node:test";

import {
	field_options,
	row_values,
	start_states,
	start_values,
} from "../../../crm_interactions/public/js/logic/registration.js";

const STATES = {
	status: [
		{ value: "Open", label: "Offen", state: "Planned" },
		{ value: "Closed", label: "Zu", state: "Done" },
	],
};
const ROW = {
	document_type: "Claim",
	date_field: "day",
	party_type_field: "kind",
	party_field: "who",
	status_field: "status",
	planned_values: "Closed\nOld",
	cancelled_values: " Open ",
	origin_fields: "order\nquote",
};

test("a new row starts with the guesses", () => {
	const guess = { date_field: "day", origin_fields: ["order"] };
	assert.deepEqual(start_values(null, guess), { ...guess, direction: "" });
	assert.deepEqual(start_states(null, "status", STATES), STATES.status);
	assert.deepEqual(start_states(null, "", STATES), []);
});

test("a stored row starts with its own values, also with those that are no choices any more", () => {
	assert.deepEqual(start_values(ROW, {}).origin_fields, ["order", "quote"]);
	const states = start_states(ROW, "status", STATES).map(({ value, state }) => [value, state]);
	assert.deepEqual(states, [
		["Open", "Cancelled"],
		["Closed", "Planned"],
		["Old", "Planned"],
	]);
});

test("another status field than the row's starts with the guesses", () => {
	assert.deepEqual(start_states({ ...ROW, status_field: "stage" }, "status", STATES), STATES.status);
});

test("a stored row stays as it is if nothing is changed", () => {
	const states = start_states(ROW, "status", STATES);
	const values = row_values("Claim", start_values(ROW, {}), states, ROW);
	assert.equal(values.party_type_field, "kind");
	assert.equal(values.planned_values, "Closed\nOld");
	assert.equal(values.cancelled_values, "Open");
	assert.equal(values.origin_fields, "order\nquote");
});

test("the field of the partner's type goes with the partner's field", () => {
	const values = row_values("Claim", { party_field: "other" }, [], ROW);
	assert.deepEqual([values.party_field, values.party_type_field], ["other", ""]);
});

test("a stored field that no longer suits stays a choice", () => {
	const fields = [{ value: "day", label: "Day" }];
	const of = (stored) => field_options(fields, "None", stored).map(({ value }) => value);
	assert.deepEqual(of("day"), ["", "day"]);
	assert.deepEqual(of("gone"), ["", "day", "gone"]);
});
