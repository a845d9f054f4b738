import assert from "node:assert/strict";
import test from "node:test";

import { known_values, partner_of } from "../../../crm_interactions/public/js/logic/known.js";

const TYPES = { party_types: ["Customer", "Lead"], subject_types: ["Opportunity", "Campaign"] };
const CHAIN = { name: "CH-1", status: "Open", party_type: "Customer", party: "Acme", subject: null };

function known(doctype, doc, chain = null) {
	const values = known_values({ doctype, docname: "X", doc }, chain, TYPES);
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value));
}

test("a partner's form gives the partner", () => {
	assert.deepEqual(known("Lead", {}), { party_type: "Lead", party: "X" });
});

test("a contact's form gives the contact and its partner, rather than the lead that the partner was made from", () => {
	const links = ["Supplier Group", "Lead", "Customer"].map((link_doctype) => ({
		link_doctype,
		link_name: `of ${link_doctype}`,
	}));
	const of = (given) => known("Contact", { links: given });
	assert.deepEqual(of(links), { party_type: "Customer", party: "of Customer", contact: "X" });
	assert.deepEqual(of(links.slice(0, 2)), { party_type: "Lead", party: "of Lead", contact: "X" });
});

test("a contact without a partner gives its number", () => {
	assert.deepEqual(known("Contact", { phone: "1", email_id: "a@example.com" }), { how_to_reach: "1" });
});

test("an employee's form gives the responsible user and the organisation", () => {
	const doc = { user_id: "ines@example.com", company: "Acme", status: "Active" };
	assert.deepEqual(known("Employee", doc), {
		employee: "X",
		company: "Acme",
		responsible: "ines@example.com",
	});
	assert.equal(known("Employee", { ...doc, status: "Left" }).responsible, undefined);
});

test("an activity's form gives partner, contact and chain", () => {
	const doc = { party_type: "Customer", party: "Acme", contact: "Ana" };
	const values = { party_type: "Customer", party: "Acme", contact: "Ana", chain: "CH-1" };
	assert.deepEqual(known("Interaction", doc, CHAIN), values);
	const of_chain = { party_type: "Customer", party: "Acme", chain: "CH-1" };
	assert.deepEqual(known("ToDo", {}, CHAIN), of_chain);
});

test("a closed chain isn't chosen", () => {
	assert.equal(known("Interaction", {}, { ...CHAIN, status: "Closed" }).chain, undefined);
});

test("a deal is the subject of a chain without one", () => {
	const doc = { opportunity_from: "Lead", party_name: "L-1", contact_person: "Ana" };
	assert.deepEqual(known("Opportunity", doc, CHAIN), {
		party_type: "Lead",
		party: "L-1",
		contact: "Ana",
		chain: "CH-1",
		subject_type: "Opportunity",
		subject: "X",
	});
	assert.equal(known("Opportunity", doc, { ...CHAIN, subject: "Other" }).subject, undefined);
});

test("a campaign's form gives the campaign, as field and as subject", () => {
	assert.deepEqual(known("Campaign", {}), { campaign: "X", subject_type: "Campaign", subject: "X" });
});

test("the lead of Frappe CRM's deal is not one of ERPNext", () => {
	const types = ["Lead", "CRM Organization", "CRM Lead"];
	const deal = { doctype: "CRM Deal", lead: "CRM-LEAD-1" };
	assert.deepEqual(partner_of(deal, types), { party_type: "CRM Lead", party: "CRM-LEAD-1" });
	assert.deepEqual(partner_of({ ...deal, organization: "Acme" }, types), {
		party_type: "CRM Organization",
		party: "Acme",
	});
	assert.equal(partner_of(deal, ["Lead"]), null);
});

test("a document's partner has an allowed type", () => {
	assert.deepEqual(partner_of({ customer: "Acme" }, ["Customer"]), {
		party_type: "Customer",
		party: "Acme",
	});
	assert.equal(partner_of({ quotation_to: "CRM Deal", party_name: "D-1" }, ["Customer"]), null);
	assert.equal(partner_of({}, ["Customer"]), null);
});
