"""Run Frappe's Data Import as its form does."""

import csv
import io
from pathlib import Path

import frappe
from frappe.core.doctype.data_import.data_import import form_start_import, get_preview_from_template

from tests.site.factories import change_record, record

INSERT = "Insert New Records"
UPDATE = "Update Existing Records"


def run(content: str, files: list[Path], import_type: str = INSERT, doctype: str = "Interaction"):
	"""Import a CSV text and return the Data Import; append the path of the written file to `files`."""
	data_import, file_url = _attach(content, files, import_type, doctype)
	change_record(data_import, import_file=file_url)
	frappe.db.commit()  # the form saves in its own request; the import rolls back after each failure
	form_start_import(data_import.name)
	return data_import.reload()


def preview(content: str, files: list[Path], doctype: str = "Interaction") -> list[dict]:
	"""Return the warnings that the form shows for a file before it is saved; append its path to `files`."""
	data_import, file_url = _attach(content, files, INSERT, doctype)
	return get_preview_from_template(data_import.name, import_file=file_url).warnings


def failures(data_import) -> dict[int, str]:
	"""Return the messages that the form shows for each failed record, by the number of its first row."""
	return {_row(log): _messages(log) for log in _logs(data_import, success=0)}


def imported(data_import) -> list[str]:
	return [log.docname for log in _logs(data_import, success=1)]


def warnings(data_import) -> list[str]:
	"""Return the warnings that stopped the whole file, as `row: message`, with a blank row if none is named."""
	found = frappe.parse_json(data_import.template_warnings or "[]")
	return [f"{w.get('row') or ''}: {frappe.utils.strip_html(w['message'])}" for w in found]


def table(*rows: dict[str, str]) -> str:
	"""Return CSV text with the columns of the first row."""
	out = io.StringIO(newline="")
	writer = csv.DictWriter(out, list(rows[0]), restval="", lineterminator="\n")
	writer.writeheader()
	writer.writerows(rows)
	return out.getvalue()


def _attach(content: str, files: list[Path], import_type: str, doctype: str):
	"""Return a new Data Import and the address of a private file attached to it."""
	data_import = record("Data Import", reference_doctype=doctype, import_type=import_type)
	to = {"attached_to_doctype": "Data Import", "attached_to_name": data_import.name, "is_private": 1}
	name = f"{frappe.generate_hash(length=10)}.csv"
	file = record("File", file_name=name, content=content.encode(), **to)
	files.append(Path(file.get_full_path()))
	return data_import, file.file_url


def _logs(data_import, success: int) -> list:
	return frappe.get_all(
		"Data Import Log",
		{"data_import": data_import.name, "success": success},
		["row_indexes", "messages", "exception", "docname"],
		order_by="log_index",
	)


def _row(log) -> int:
	return frappe.parse_json(log.row_indexes)[0]


def _messages(log) -> str:
	shown = [frappe.parse_json(message) for message in frappe.parse_json(log.messages)]
	return "\n".join(message["message"] for message in shown)
