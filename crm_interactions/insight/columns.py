"""Columns of the reports, as Frappe's table takes them, and their values."""

from frappe import _


def column(fieldname: str, label: str, fieldtype: str, width: int, **more) -> dict:
	"""Return a column; `label` is translated, `width` in pixels, and `more` further properties, such as `options`."""
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width, **more}


def translate_values(rows: list[dict], *names: str) -> None:
	"""Translate the values of columns, each different one once; a missing value becomes blank."""
	for name in names:
		shown = {value: _(value) if value else "" for value in {row[name] for row in rows}}
		for row in rows:
			row[name] = shown[row[name]]
