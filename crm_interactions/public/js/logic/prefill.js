/**
 * Return when a field may be filled with a looked-up value.
 *
 * @param value the document's value; `text` is the text in the field, `focused` whether it has the focus
 * @returns "now"; "later" if the field has the focus; "never" if it isn't empty
 */
export function when_to_prefill({ value, text, focused }) {
	if (value || (text || "").trim()) return "never";
	return focused ? "later" : "now";
}
