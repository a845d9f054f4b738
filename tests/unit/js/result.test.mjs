import assert from "node:assert/strict";
import test from "node:test";
import { has_amount, result_args } from "../../../crm_interactions/public/js/logic/result.js";

const NONE = { result: null, result_amount: null, result_currency: null };

test("an amount belongs to the result of a deal", () => {
	assert.deepEqual(["Won", "Lost", "No Decision"].map(has_amount), [true, true, true]);
	assert.deepEqual(["Resolved", "Not Resolved", "", undefined].map(has_amount), [
		false,
		false,
		false,
		false,
	]);
});

test("a result is sent with its amount and currency", () => {
	const won = { result: "Won", result_amount: "1200.5", result_currency: "EUR" };
	assert.deepEqual(result_args(won), { result: "Won", result_amount: 1200.5, result_currency: "EUR" });
});

test("nothing is sent without a result, and no currency without an amount", () => {
	assert.deepEqual(result_args({ result: "", result_amount: 12, result_currency: "EUR" }), NONE);
	assert.deepEqual(result_args({}), NONE);
	assert.deepEqual(result_args({ result: "Lost", result_amount: 0, result_currency: "EUR" }), {
		...NONE,
		result: "Lost",
	});
	assert.deepEqual(result_args({ result: "Resolved", result_amount: 5, result_currency: "EUR" }), {
		...NONE,
		result: "Resolved",
	});
});
