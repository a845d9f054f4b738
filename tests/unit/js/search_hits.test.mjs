import assert from "node:assert/strict";
import test from "node:test";

import { with_hits } from "../../../crm_interactions/public/js/logic/search_hits.js";

const hit = { value: "Adriatic Trade Partner", index: 99, route: ["Form", "Partner", "Adriatic Trade"] };
const recent = { value: "Adriatic Trade", index: 80, route: ["Form", "Partner", "Adriatic Trade"] };
const search = { value: "Search for Adri", index: 100 };
const page = { value: "Address List", index: 3, route: "List/Address" };

test("a direct hit replaces a recent page of the same document, and the others stay", () =>
	assert.deepEqual(with_hits([search, recent, page], [hit]), [hit, search, page]));

test("without hits the options stay", () => assert.deepEqual(with_hits([search, page], []), [search, page]));
