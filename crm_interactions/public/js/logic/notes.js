/** Return whether rich text contains text, images, videos, frames, tables or horizontal lines. */
export function has_content(html) {
	if (!html) return false;
	if (/<(img|video|iframe|table|hr)\b/i.test(html)) return true;
	return Boolean(html.replace(/<[^>]*>|&nbsp;|\s/g, ""));
}
