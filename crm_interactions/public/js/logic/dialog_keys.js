/** Decisions about the keyboard in dialogs; callers look up the elements. */

/**
 * Return the position that Tab goes to, or -1 to leave the key to the browser.
 *
 * The browser may move between fields, but not out of the dialog, and an editor would insert a tab.
 *
 * @param position of the focused element among `count` elements in order; -1 for none
 */
export function tab_target({ position, count, backwards, in_editor }) {
	if (!count) return -1;
	const next = position < 0 && backwards ? -1 : position + (backwards ? -1 : 1);
	const leaves = position < 0 || next < 0 || next >= count;
	return leaves || in_editor ? (next + count) % count : -1;
}

/**
 * Return the text of a link field that isn't a chosen value, or "".
 *
 * @param text,input,value the text shown, the name it stands for, and the chosen name
 * @param left the text with which the user left the field, which Frappe clears if no document has it as its name
 */
export function unchosen({ text, input, value, left }) {
	if (text) return input === (value || "") ? "" : text;
	return value ? "" : left || "";
}
