import { as_typed } from "../../logic/stored_text";

/** Return the HTML of a cell with a text, which may be blank, and the text as a tooltip. */
export function text_cell(text) {
	const escaped = frappe.utils.escape_html(as_typed(text || ""));
	return `<span class="ellipsis" title="${escaped}">${escaped}</span>`;
}

/** Return a user's name, blank without a user. */
export function full_name(user) {
	return user ? frappe.user_info(user).fullname : "";
}
