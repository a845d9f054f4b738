/**
 * When a field may be filled in with something that was looked up while the user went on.
 *
 * @param value what the document holds, `text` what the field shows, `focused` whether the user is in it
 * @returns "now"; "later", once the user has left the field; or "never", as there is something already
 */
export function when_to_prefill({ value, text, focused }) {
	if (value || (text || "").trim()) return "never";
	return focused ? "later" : "now";
}
