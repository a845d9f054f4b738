"""Files of the documents that interactions were captured from; nothing is copied."""

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold

FILE = "File"


def list_files(interaction) -> list[dict]:
	"""Return `file`, `file_name` and `file_size` of each file, in order; the caller checks permissions."""
	if not interaction.source:
		return []
	return [
		{"file": row.name, "file_name": row.file_name, "file_size": row.file_size}
		for row in frappe.get_all(
			FILE,
			_files_of(interaction),
			["name", "file_name", "file_size"],
			order_by="creation asc, name asc",
		)
	]


def read_file(interaction, file: str) -> tuple[str, bytes]:
	"""Return name and content of a file; raises DoesNotExistError for one of another document."""
	if not (interaction.source and frappe.db.exists(FILE, {**_files_of(interaction), "name": file})):
		frappe.throw(
			_("{0} is no file of this interaction's mail or call. Reload the form.").format(bold(file)),
			frappe.DoesNotExistError,
		)
	doc = frappe.get_doc(FILE, file)
	content = doc.get_content()
	return doc.file_name, content if isinstance(content, bytes) else content.encode()


def _files_of(interaction) -> dict:
	return {"attached_to_doctype": interaction.source_type, "attached_to_name": interaction.source}
