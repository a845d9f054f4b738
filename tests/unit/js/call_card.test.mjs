import assert from "node:assert/strict";
import test from "node:test";

import * as logic from "../../../crm_interactions/public/js/logic/call_card.js";

const RING = { key: "17", number: "+38514567890", event: "ringing" };
const ANA = {
	contact: "Ana",
	full_name: "Ana Horvat",
	party_type: "Partner",
	party: "P-1",
	party_name: "Brod",
	exact: true,
};

test("a ringing call gets one card, which later events change", () => {
	const [card, ...more] = logic.after_event(logic.after_event([], RING), RING);
	assert.deepEqual([card, more], [{ ...RING, doctype: undefined, name: undefined }, []]);
	const [answered] = logic.after_event([card], {
		...RING,
		event: "answered",
		doctype: "Interaction",
		name: "INT-1",
	});
	assert.equal(logic.heading(answered), "Call Answered");
	assert.equal(logic.is_recorded(answered), true);
	const [ended] = logic.after_event([answered], { ...RING, event: "ended", doctype: null, name: null });
	assert.equal(ended.name, "INT-1");
});

test("events of calls that didn't ring here show nothing", () => {
	assert.deepEqual(logic.after_event([], { ...RING, event: "missed" }), []);
});

test("one exact match is chosen, several and candidates are asked for, none offers a contact", () => {
	const found = (...matches) => logic.after_look_up(RING, { matches, recent: [], open: [] });
	assert.equal(logic.part_of(RING), "loading");
	assert.equal(logic.part_of(found(ANA)), "history");
	assert.equal(logic.part_of(found(ANA, { ...ANA, contact: "Ivo" })), "choice");
	assert.equal(logic.part_of(found({ ...ANA, exact: false })), "choice");
	assert.equal(logic.part_of(found()), "nobody");
});

test("a partner without a contact is the name", () => {
	assert.deepEqual(logic.who(ANA), { name: "Ana Horvat", partner: "Brod" });
	assert.deepEqual(logic.who({ ...ANA, full_name: null }), { name: "Brod", partner: "" });
});

test("quick entry opens with caller and number", () => {
	const values = logic.known_values({ ...RING, chosen: ANA, interaction_type: "Phone Call" });
	assert.deepEqual(values, {
		interaction_type: "Phone Call",
		direction: "Incoming",
		party_type: "Partner",
		party: "P-1",
		contact: "Ana",
		how_to_reach: RING.number,
	});
	assert.equal(logic.known_values(RING).party, undefined);
});
