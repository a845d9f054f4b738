import { form_link } from "../chains/html";
import { toast } from "../platform/toast";
import { drop_idle_currencies } from "./currency";
import { type_query } from "./types";

/** Return the enabled interaction types for `kinds_of`: name, medium, direction and icon, the oldest first. */
export function list_types() {
	return frappe.db.get_list("Interaction Type", {
		...type_query(),
		fields: ["name", "medium", "default_direction", "icon"],
		order_by: "creation asc",
		limit: 100,
	});
}

/** Return a key for `log_once`, one for each text that is logged. */
export const new_key = () => frappe.utils.get_random(20);

/** Log an interaction with the defaults of a new one; `key` keeps a repeated request from logging it again. */
export async function log_once(key, values) {
	await frappe.model.with_doctype("Interaction");
	const doc = frappe.model.get_new_doc("Interaction", null, null, true);
	for (const [field, value] of Object.entries(values)) {
		if (value && frappe.meta.has_field("Interaction", field)) doc[field] = value;
	}
	drop_idle_currencies(doc);
	frappe.model.clear_doc("Interaction", doc.name);
	return frappe.xcall("crm_interactions.api.feed.log", { idempotency_key: key, values: doc });
}

/** Name a logged activity in an alert, as a link. */
export function tell({ doctype, name, title }) {
	toast(__("{0} saved", [form_link(doctype, name, title)]));
}

/** Return a note as rich text with its paragraphs and lines. */
export function html_of(note) {
	const lines = (part) =>
		part.split("\n").flatMap((line, index) => [index ? $("<br>") : null, document.createTextNode(line)]);
	const parts = note.split(/\n{2,}/).filter(Boolean);
	return $("<div></div>")
		.append(parts.map((part) => $("<p></p>").append(lines(part))))
		.html();
}
