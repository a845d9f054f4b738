"""Directions of writing: texts keep their own inside those of the other direction. Imports no Frappe.

WeasyPrint knows no automatic direction. Without one, a phone number in an Arabic dossier has its groups in reverse order.
"""

import unicodedata
from dataclasses import fields, is_dataclass, replace

# Unicode's marks around a text whose direction is that of its first letter
ISOLATE, END = "\u2068", "\u2069"
# neither a sum nor HTML is a text
UNMARKED = {"html", "sha256", "direction"}


def find_direction(text: str) -> str:
	"""Return "rtl" for a text whose first letter is of a language written from right to left, else "ltr"."""
	kinds = (unicodedata.bidirectional(char) for char in text)
	first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
	return "ltr" if first == "L" else "rtl"


def isolate(value):
	"""Return a text with marks of its own direction; of lists and parts of the dossier, a copy with all their texts."""
	if isinstance(value, str):
		return f"{ISOLATE}{value}{END}" if value else ""
	if isinstance(value, list):
		return [isolate(item) for item in value]
	if is_dataclass(value):
		names = [field.name for field in fields(value) if field.name not in UNMARKED]
		return replace(value, **{name: isolate(getattr(value, name)) for name in names})
	return value
