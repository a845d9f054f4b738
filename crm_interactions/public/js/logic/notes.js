/** Return whether rich text contains text, media, tables or rules. */
export function has_content(html) {
	if (!html) return false;
	if (/<(img|video|iframe|table|hr)\b/i.test(html)) return true;
	return Boolean(html.replace(/<[^>]*>|&nbsp;|\s/g, ""));
}
