import assert from "node:assert/strict";
import test from "node:test";

import { best_details } from "../../../crm_interactions/public/js/logic/partner_details.js";
import * as logic from "../../../crm_interactions/public/js/logic/feed.js";

const past = (...names) =>
	names.map((name) => ({ name, status: "Done", chain: "CH-1", chain_title: "Pump" }));
const planned = (...names) => names.map((name) => ({ name, status: "Planned" }));
const pinned = (name) => ({ name, status: "Done", pinned: 1 });
const names = ({ shown, below }) => [shown, below].map((rows) => rows.map(({ name }) => name).join(""));
const at = (current) => (row) => row.name === current;

for (const [rows, most, current, expected] of [
	[past(..."abcdef"), 3, "b", ["abc", ""]],
	[past(..."abcdef"), 3, "f", ["abc", "f"]],
	[past(..."abcd"), 3, "d", ["abcd", ""]],
	[past(..."abcdef"), 0, "f", ["abcdef", ""]],
	[[...planned("x", "y", "z"), ...past(..."abc")], 3, "", ["xab", ""]],
	[[...planned("x", "y", "z"), ...past(..."abc")], 3, "z", ["xab", "z"]],
	[[...planned("x", "y", "z", "w"), ...past("a")], 3, "", ["xya", ""]],
	[planned(..."vwxyz"), 3, "", ["vwx", ""]],
	[[pinned("p"), ...planned("x", "y"), ...past(..."abc")], 3, "", ["pxa", ""]],
	[[..."pqrst"].map(pinned), 3, "t", ["pq", "t"]],
]) {
	test(`${rows.length} rows folded to ${most} are ${expected}`, () =>
		assert.deepEqual(names(logic.fold(rows, most, at(current))), expected));
}

test("pinned and planned rows are blocks of their own, the others are grouped by chain", () => {
	const other = { name: "c", title: "Seals", status: "Done", chain: "CH-2", chain_title: "Seals" };
	const rows = [...planned("x"), ...past("a"), other, ...past("b")];
	rows.push({ ...pinned("p"), title: "Terms" });
	const found = (by_chain) =>
		logic.blocks_of(rows, by_chain).map(({ key, title, rows }) => [key, title, rows.length]);
	assert.deepEqual(found(false), [
		["pinned", undefined, 1],
		["planned", undefined, 1],
		["past", undefined, 3],
	]);
	assert.deepEqual(found(true), [
		["pinned", undefined, 1],
		["planned", undefined, 1],
		["chain", "Pump", 2],
		["chain", "", 1],
	]);
	assert.deepEqual(logic.blocks_of([], true), []);
});

test("the time between rows is that of their clocks", () => {
	const [older, newer] = ["2026-03-01 10:00:00", "2026-03-08 10:00:00.123456"].map((activity_date) => ({
		activity_date,
	}));
	assert.equal(logic.seconds_between(older, newer), logic.SHORTEST_GAP);
});

test("the server gets only the limits that are set, and the day after the last one", () => {
	const add_days = (day, days) => `${day}+${days}`;
	assert.deepEqual(logic.limits_of({ text: "  ", responsible: "", since: "", until: "" }, add_days), {});
	assert.deepEqual(logic.limits_of({ text: " pump ", until: "2026-03-01" }, add_days), {
		text: "pump",
		until: "2026-03-01+1",
	});
});

test("a partner's own number comes before that of its primary contact", () => {
	const contact_list = [
		{ full_name: "Ana", phone: "1" },
		{ first_name: "Luka", last_name: "B", is_primary_contact: 1, phone: "2", email_id: "l@b" },
	];
	const addr_list = [{ address_line1: "Street 1", city: "Zadar" }];
	const __onload = { contact_list, addr_list };
	assert.deepEqual(best_details({ __onload }), {
		...{ phone: "2", email: "l@b", person: "Luka B", address: "Street 1, Zadar" },
	});
	assert.deepEqual(best_details({ phone: "3", __onload: { contact_list } }), {
		...{ phone: "3", email: "l@b", person: "", address: "" },
	});
	assert.deepEqual(best_details({}), { phone: "", email: "", person: "", address: "" });
});
