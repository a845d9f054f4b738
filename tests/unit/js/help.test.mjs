import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { addresses_by_route, help_address } from "../../../crm_interactions/public/js/logic/help.js";

test("each address has a heading in the documents", () => {
	for (const [route, address] of addresses_by_route()) {
		const { searchParams, hash } = new URL(address, "https://example.com");
		const text = readFileSync(`docs/${searchParams.get("page") || "using"}.md`, "utf-8");
		const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) => title.toLowerCase());
		const anchors = headings.map(
			(title) => `#${title.replaceAll(/[^a-z0-9 -]/g, "").replaceAll(" ", "-")}`
		);
		assert.ok(!hash || anchors.includes(hash), `${route}: ${hash}`);
	}
});

test("a form and a list have the same help", () => {
	const addresses = Object.fromEntries(addresses_by_route());
	assert.equal(addresses["List/Meeting"], help_address("Meeting"));
	assert.equal(addresses["Form/Meeting"], help_address("Meeting"));
});
