"""Columns of the reports, as Frappe's table takes them, and their values."""

from frappe import _

# pixels of a letter of a title, and of the space beside it
LETTER, MARGIN = 7.6, 36


def column(fieldname: str, label: str, fieldtype: str, width: int, **more) -> dict:
	"""Return a column; `label` is translated, and `more` are further properties, such as `options`.

	Args:
		width: in pixels; the column is wider if its title needs it in the user's language.
	"""
	needed = round(LETTER * len(label) + MARGIN)
	return {
		**{"fieldname": fieldname, "label": label, "fieldtype": fieldtype},
		**{"width": max(width, needed), **more},
	}


def translate_values(rows: list[dict], *names: str) -> None:
	"""Translate the values of columns, each different one once; a missing value becomes blank."""
	for name in names:
		shown = {value: _(value) if value else "" for value in {row[name] for row in rows}}
		for row in rows:
			row[name] = shown[row[name]]
