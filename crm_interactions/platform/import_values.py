"""Values of an import file that Frappe 15 and 16 would misread without a warning.

Frappe's importer reads `Done` as 0, `1.234,56` as 1.23456 and 03/04/2024 as 3 April. A check of a column may go once
the importer refuses such values itself.
"""

import re
from datetime import datetime

import frappe
from frappe import _
from frappe.core.doctype.data_import.importer import DURATION_PATTERN, df_as_json

from crm_interactions.controllers.validation import bold

MOMENTS = ("Date", "Datetime")
YES_OR_NO = {"0", "1", "t", "f", "true", "false", "y", "n", "yes", "no"}
WHOLE = re.compile(r"[+-]?\d+(\.0+)?")
NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
# a thousand, or three decimals; with a point only amounts, which seldom have three
THOUSAND = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
THOUSAND_OF_AMOUNT = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
ISO_WITH_T = re.compile(r"\d{4}-\d\d-\d\dT|.*\d:\d\d.*(Z|[+-]\d\d:?\d\d)$")
SHOWN = 10


def find_misread(import_file, *fieldtypes: str) -> list[dict]:
	"""Return the cells that Frappe would misread as warnings with row, column, field and message, as its page shows them.

	Args:
		import_file: Frappe's `ImportFile`, with mapped columns and unread values.
		fieldtypes: only fields of these types; all by default.
	"""
	if _is_one_column(import_file):
		message = _("The header has one column. Separate columns with commas, not with semicolons or tabs.")
		return [{"row": import_file.header.row_number, "message": message}]
	columns = [column for column in import_file.columns if column.df and not column.skip_import]
	return [
		_warning(row, column, message)
		for column in columns
		if not fieldtypes or column.df.fieldtype in fieldtypes
		for others in [_other_readings(column)]
		for row in import_file.data
		if (message := _message(column, row.data[column.index : column.index + 1], others))
	]


def refuse(warnings: list[dict]) -> None:
	"""Raise ValidationError, listing the rows, if there are warnings of `find_misread`."""
	if not warnings:
		return
	lines = [_line(warning) for warning in warnings[:SHOWN]]
	if len(warnings) > SHOWN:
		lines.append(_("… and {0} more").format(len(warnings) - SHOWN))
	frappe.throw(
		_("These values would be misread: {0} Correct them, and attach the file again.").format(
			f"<br>{'<br>'.join(lines)}<br>"
		),
		title=_("Check the File"),
	)


def _is_one_column(import_file) -> bool:
	titles = [str(column.header_title or "") for column in import_file.columns]
	is_known = any(column.df for column in import_file.columns)
	return not is_known and len(titles) == 1 and bool(re.search("[;\t]", titles[0]))


def _message(column, cell: list, others: list[str]) -> str | None:
	"""Return the fault of a cell and its remedy; None for values of spreadsheets, which have a type, and for blanks."""
	if not cell or not isinstance(cell[0], str) or not cell[0].strip():
		return None
	value, fieldtype = cell[0].strip(), column.df.fieldtype
	if fieldtype in MOMENTS:
		return _message_of_moment(value, column.date_format, others)
	if fieldtype == "Check" and value.lower() not in YES_OR_NO:
		return _("{0} is neither yes nor no. Write 1 or Yes, 0 or No.").format(bold(value))
	if fieldtype == "Duration" and not DURATION_PATTERN.match(value):
		return _("{0} is no duration. Write 1h 5m, or seconds with an s: 3900s.").format(bold(value))
	if _is_misread_number(fieldtype, value):
		return _(
			"{0} is ambiguous or no number. Write a point before decimals, no separators of thousands and no currency sign: 1234.50."
		).format(bold(value))
	return None


def _is_misread_number(fieldtype: str, value: str) -> bool:
	if fieldtype == "Int":
		return not WHOLE.fullmatch(value)
	if fieldtype not in ("Currency", "Float", "Percent", "Rating"):
		return False
	thousand = THOUSAND_OF_AMOUNT if fieldtype == "Currency" else THOUSAND
	return bool(thousand.fullmatch(value)) or not NUMBER.fullmatch(value)


def _message_of_moment(value: str, guessed: str | None, others: list[str]) -> str | None:
	if ISO_WITH_T.match(value):
		return _(
			"{0} has a T or a time zone. Write 2024-03-31 14:30:00, in the time zone of the site."
		).format(bold(value))
	for other in others:
		if _parse(value, other) != _parse(value, guessed):
			return _("{0} can be read as two different dates. Write the year first: 2024-03-31.").format(
				bold(value)
			)
	return None


def _other_readings(column) -> list[str]:
	"""Return the formats, other than the one that Frappe guessed, by which every value of the column is a date, too."""
	guessed = column.date_format or ""
	exchanged = [("d", "m")] if "%d" in guessed and "%m" in guessed and not guessed.startswith("%Y") else []
	if "%y" in guessed:
		exchanged.append(("d", "y"))
	if not exchanged:
		return []
	values = [value.strip() for value in column.column_values if isinstance(value, str) and value.strip()]
	read = [value for value in values if _parse(value, guessed)]
	formats = [guessed.translate(str.maketrans({a: b, b: a})) for a, b in exchanged]
	return [other for other in formats if all(_parse(value, other) for value in read)]


def _parse(value: str, date_format: str | None) -> datetime | None:
	try:
		return datetime.strptime(value, date_format or "")
	except ValueError:
		return None


def _warning(row, column, message: str) -> dict:
	return {
		"row": row.row_number,
		"col": column.column_number,
		"field": df_as_json(column.df),
		"message": message,
	}


def _line(warning: dict) -> str:
	"""Return the text of a warning with its row and field, as HTML."""
	if label := (warning.get("field") or {}).get("label"):
		return _("Row {0}, {1}: {2}").format(warning["row"], bold(_(label)), warning["message"])
	return _("Row {0}: {1}").format(warning["row"], warning["message"])
