"""Columns of the reports, as Frappe's table takes them."""


def column(fieldname: str, label: str, fieldtype: str, width: int, **more) -> dict:
	"""Return a column; `label` is translated, `width` in pixels, and `more` further properties, such as `options`."""
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width, **more}
