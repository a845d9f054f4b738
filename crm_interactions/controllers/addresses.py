"""E-mail addresses in text, as mail programs write them. Imports no Frappe."""

import re

# longer text is no list of addresses, and would take long to search
LONGEST = 1_000
QUOTED_NAME = re.compile(r'"[^"]*"(?=\s*<)')
COMMENT = re.compile(r"\([^()]*\)")
BRACKETED = re.compile(r"[^;,<>]*<([^<>@]*@[^<>]*)>")
ADDRESS = re.compile(r"""[^\s<>()\[\]:;,"\\@]+@[^\s<>()\[\]:;,"'\\@?]+""")


def read_addresses(text: str | None) -> list[str]:
	"""Return the addresses of a text without names, comments, separators and mailto:, each once; [] for none or too long a text.

	`Jane Roe <jane@example.com>; joe@example.com (office)` → `["jane@example.com", "joe@example.com"]`.
	"""
	if not text or len(text) > LONGEST:
		return []
	text = COMMENT.sub(" ", QUOTED_NAME.sub(" ", text))
	found = [address.strip("'.") for address in ADDRESS.findall(BRACKETED.sub(r" \1 ", text))]
	return list({address.lower(): address for address in reversed(found)}.values())[::-1]


def drop_brackets(text: str) -> str:
	"""Return a text without the angle brackets of addresses, which Frappe's HTML sanitizer would store as `&lt;`."""
	return re.sub(r"<\s*([^<>@\s]+@[^<>@\s]+)\s*>", r"\1", text)


def clean_fields(doc) -> None:
	"""Reduce text with addresses in the e-mail fields of a document and its rows to the addresses, as typed."""
	for part in (doc, *doc.get_all_children()):
		for df in part.meta.get("fields", {"fieldtype": "Data", "options": "Email"}):
			if found := read_addresses(part.get(df.fieldname)):
				part.set(df.fieldname, ", ".join(found))
