import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const FILE = new URL("../../../crm_interactions/integrations/frappe_crm/log_interaction.js", import.meta.url);
const CHAIN = { name: "CH-1", status: "Open", party_type: "CRM Organization", party: "Adria", subject: null };
const SETTINGS = {
	party_types: [{ party_type: "CRM Lead" }, { party_type: "CRM Organization" }],
	subject_types: [{ subject_type: "CRM Deal" }],
};
const DEAL = { doctype: "CRM Deal", name: "D-1" };

/** Return functions of the script, run as Frappe CRM does; `chain` is the answer to a request for the deal's chain. */
function script(chain = null) {
	const fetch = async () => ({ ok: true, json: async () => ({ message: { chain } }) });
	const source = readFileSync(FILE, "utf8");
	const body = `${source}\nreturn { known_values, log_actions };`;
	return new Function("__", "fetch", body)((text) => text, fetch);
}

async function known(doc, chain) {
	const values = await script(chain).known_values(doc, SETTINGS);
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value));
}

test("a lead and an organisation are the partner", async () => {
	for (const doctype of ["CRM Lead", "CRM Organization"]) {
		assert.deepEqual(await known({ doctype, name: "X" }), { party_type: doctype, party: "X" });
	}
});

test("a deal gives the partner of its chain, the chain and itself as subject", async () => {
	assert.deepEqual(await known({ ...DEAL, lead: "L-1" }, CHAIN), {
		party_type: "CRM Organization",
		party: "Adria",
		chain: "CH-1",
		subject_type: "CRM Deal",
		subject: "D-1",
	});
});

test("a chain keeps its subject, and a closed one isn't chosen", async () => {
	const values = await known(DEAL, { ...CHAIN, status: "Closed", subject: "D-2" });
	assert.deepEqual(values, { party_type: "CRM Organization", party: "Adria" });
});

test("a deal without a chain gives its organisation, else its lead", async () => {
	const party = async (doc) => (await known({ ...DEAL, ...doc })).party;
	assert.equal(await party({ organization: "Adria", lead: "L-1" }), "Adria");
	assert.equal(await party({ lead: "L-1" }), "L-1");
	assert.equal(await party({}), undefined);
});

test("the action is for users who may create interactions", async () => {
	for (const [may, labels] of [
		[true, ["Log Interaction"]],
		[false, []],
	]) {
		const call = async () => ({ has_permission: may });
		const actions = await script().log_actions({ doc: DEAL, call });
		assert.deepEqual(
			actions.map(({ label }) => label),
			labels
		);
	}
});

test("Frappe CRM finds no further entries in the script", () => {
	// it looks for these words anywhere in the text, after a form's own entry
	const source = readFileSync(FILE, "utf8");
	assert.doesNotMatch(source, /setupForm\(/);
	assert.doesNotMatch(source, /class\s+[A-Za-z0-9_]+/);
});
