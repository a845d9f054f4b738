import assert from "node:assert/strict";
import test from "node:test";

import { own_first } from "../../../crm_interactions/public/js/logic/own_first.js";

const ME = "ana@example.com";
const row = (name, responsible, status, day) => ({
	...{ name, responsible, status },
	starts_on: `2031-03-${day} 09:00:00`,
});

test("own cards come first, planned ones from the earliest, others from the latest", () => {
	const rows = [
		row("other, late", "ivo@example.com", "Planned", "01"),
		row("own, later", ME, "Planned", "20"),
		row("own, late", ME, "Planned", "02"),
		row("held before", ME, "Held", "01"),
		row("held last", ME, "Held", "03"),
	];
	const names = (status) =>
		own_first(rows, ME)
			.filter((one) => one.status === status)
			.map(({ name }) => name);
	assert.deepEqual(names("Planned"), ["own, late", "own, later", "other, late"]);
	assert.deepEqual(names("Held"), ["held last", "held before"]);
});
