import assert from "node:assert/strict";
import test from "node:test";

import { one_at_a_time } from "../../../crm_interactions/public/js/logic/one_at_a_time.js";

test("a second call during the first does nothing", async () => {
	const calls = [];
	let finish;
	const action = one_at_a_time((value) => {
		calls.push(value);
		return new Promise((resolve) => (finish = resolve));
	});
	const first = action(1);
	assert.equal(await action(2), undefined);
	finish("done");
	assert.equal(await first, "done");
	action(3);
	assert.deepEqual(calls, [1, 3]);
});

test("an action can be repeated after a failure", async () => {
	let tries = 0;
	const action = one_at_a_time(async () => {
		if (++tries === 1) throw new Error("refused");
		return tries;
	});
	await assert.rejects(action(), /refused/);
	assert.equal(await action(), 2);
});
