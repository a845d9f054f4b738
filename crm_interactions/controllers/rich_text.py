"""Rich text as submitted: plain text becomes HTML, and embedded pictures get the form that Frappe turns into files.

Imports no Frappe.
"""

import re
from base64 import b64encode
from html import escape, unescape
from urllib.parse import unquote, unquote_to_bytes

RICH_TEXT = "Text Editor"
ELEMENTS = {
	*("html", "head", "body", "meta", "link", "style", "script", "iframe", "svg", "o:p", "p", "div"),
	*("span", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "center"),
	*("b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "sub", "sup", "mark", "small", "big"),
	*("font", "tt", "a", "abbr", "acronym", "address", "cite", "dfn", "kbd", "q", "samp", "var", "img"),
	*("figure", "figcaption", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "colgroup"),
	*("col", "thead", "tbody", "tfoot", "tr", "td", "th", "article", "aside", "section", "header"),
	*("footer", "nav", "details", "summary", "form", "fieldset", "legend", "button", "input"),
	*("textarea", "select", "option", "audio", "video", "source"),
}
TAG = re.compile(r"</?([a-z][a-z0-9:-]*)(?:\s[^<>]*)?/?>", re.IGNORECASE)
ENTITY = re.compile(r"&#?\w+;")
# an image whose address holds its content: attributes before it, quote, type, content
PICTURE = re.compile(
	r"""<img\b([^<>]*?\s)src\s*=\s*(["'])\s*data:([^"',]*),?(.*?)\2""", re.IGNORECASE | re.DOTALL
)


def is_html(text: str) -> bool:
	"""Return whether a text has an HTML element or comment; <jane@example.com> and a < b are plain text."""
	return "<!--" in text or any(tag[1].lower() in ELEMENTS for tag in TAG.finditer(text))


def to_html(text: str | None) -> str:
	"""Return plain text, also with entities such as `&amp;`, as HTML, and HTML as it is; "" for None."""
	if text and is_html(text):
		return text
	# Frappe stores a line with < as entities, and other CRMs export them
	return from_plain_text(ENTITY.sub(lambda entity: unescape(entity[0]), text or ""))


def from_plain_text(text: str) -> str:
	"""Return escaped paragraphs with the line breaks of a text; "" for text without visible characters."""
	lines = [escape(line.strip(), quote=False) for line in text.strip().splitlines()]
	parts = re.split(r"\n{2,}", "\n".join(lines)) if lines else []
	return "".join(f"<p>{part}</p>".replace("\n", "<br>") for part in parts)


def convert_fields(doc) -> None:
	"""Convert plain text of several lines and embedded pictures in the rich-text fields of a document and its rows.

	A single line stays: the editor shows it as typed.
	"""
	for part in (doc, *doc.get_all_children()):
		for df in part.meta.get("fields", {"fieldtype": RICH_TEXT}):
			text = part.get(df.fieldname)
			if not isinstance(text, str):
				continue
			if len(text.strip().splitlines()) > 1:
				text = to_html(text)
			part.set(df.fieldname, encode_pictures(text))


def encode_pictures(text: str) -> str:
	"""Return HTML with the data of its embedded pictures in base64: Frappe fails at other data and at a second comma."""
	return PICTURE.sub(_encode_picture, text)


def without_pictures(text: str) -> str:
	"""Return HTML without the content of its embedded pictures, which Frappe stores as files."""
	return PICTURE.sub(r"<img\1src=\2data:\3\2", text)


def _encode_picture(picture: re.Match) -> str:
	attributes, _quote, head, data = picture.groups()
	head = head.replace("data:", "")
	if head.lower().endswith(";base64"):
		data = re.sub(r"[^A-Za-z0-9+/=]", "", unquote(data))
	else:
		head, data = f"{head};base64", b64encode(unquote_to_bytes(data.encode(errors="replace"))).decode()
	return f'<img{attributes}src="data:{head},{data}"'
