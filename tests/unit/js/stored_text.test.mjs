import assert from "node:assert/strict";
import test from "node:test";

import { as_typed } from "../../../crm_interactions/public/js/logic/stored_text.js";

for (const [stored, typed] of [
	["R&amp;D &lt;Q3&gt; plan", "R&D <Q3> plan"],
	["R&D &lt;Q3> plan", "R&D <Q3> plan"],
	["Smith &notary &amp;lt; &nbsp;", "Smith &notary &lt; &nbsp;"],
	["&quot;a&#39;b&#x27;c&apos;&#34;", `"a'b'c'"`],
	[null, ""],
	[7, "7"],
]) {
	test(`${JSON.stringify(stored)} was typed as ${typed}`, () => assert.equal(as_typed(stored), typed));
}
