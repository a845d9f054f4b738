"""Text of plain fields (Data, Small Text, Text) as it is stored, typed and shown. Imports no Frappe.

Frappe 15 and 16 (`BaseDocument._sanitize_content`) store text with a complete tag as HTML, and all other text as typed:
`R&D <Q3>` becomes `R&amp;D &lt;Q3&gt;`, while the unfinished tag `x <img src=y` and any JSON stay. So stored text can be
neither escaped once more nor shown as it is. Here `storable` leaves no tag to Frappe, and `as_typed` undoes both kinds of
escaping. The module may go when Frappe stores plain fields as typed.
"""

import re
from html import escape, unescape

# HTML reads `<` as text before anything else
TAG_START = re.compile(r"<(?=[a-zA-Z/!?])")
# no others: in `Smith &notary`, `&not` is text
SIGN = re.compile(r"&(?:amp|lt|gt|quot|apos|#34|#39|#x27);")
TAG = re.compile(r"<[^>]*>")


def storable(text: str) -> str:
	"""Return text for a plain field, with each `<` that starts a tag escaped; the same again for stored text."""
	return TAG_START.sub("&lt;", text)


def as_typed(text) -> str:
	"""Return the stored text of a plain field ("" for None) as the user typed it, for mails, calendars and files."""
	return SIGN.sub(lambda found: unescape(found[0]), "" if text is None else str(text))


def as_html(text) -> str:
	"""Return the stored text of a plain field ("" for None) as HTML that shows it as typed."""
	return escape(as_typed(text))


def of_message(html) -> str:
	"""Return the text of a message or an error, which are HTML."""
	return unescape(TAG.sub("", str(html))).strip()
