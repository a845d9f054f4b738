const SIGNS = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", "#34": '"', "#39": "'", "#x27": "'" };

/**
 * Return the stored text of a plain field ("" for none) as the user typed it; escape it before use in HTML. The server
 * escapes tags when it stores text (`platform/stored_text.py`).
 */
export function as_typed(text) {
	return String(text ?? "").replace(/&(amp|lt|gt|quot|apos|#34|#39|#x27);/g, (_, sign) => SIGNS[sign]);
}
