"""Limits of Data Import for users who aren't System Managers, and checks of the app's own files.

Frappe 15 and 16 trust each user of Data Import: the importer reads any file by its address without a check of
permission, and Frappe 16 no longer checks the right to import on the server. This module may go once both are checked,
and `import_values.py` with it.
"""

import frappe
from frappe import _
from frappe.core.doctype.data_import.data_import import DataImport
from frappe.core.doctype.data_import.importer import Importer

from crm_interactions.controllers.validation import bold
from crm_interactions.platform import import_values

MODULE = "CRM Interactions"


class LimitedDataImport(DataImport):
	def validate_doctype(self):
		"""Check the document type as Frappe does; raise PermissionError without the right to import it."""
		super().validate_doctype()
		if not _is_trusted() and not frappe.has_permission(self.reference_doctype, "import"):
			frappe.throw(
				_("You may not import {0}. Ask a user with the role {1}.").format(
					bold(_(self.reference_doctype)), bold(_("System Manager"))
				),
				frappe.PermissionError,
				title=_("Not Allowed to Import"),
			)

	def validate_import_file(self):
		"""Check the file as Frappe does; raise ValidationError for durations, since Frappe's message names no row."""
		if self.import_file:
			self._refuse_misread(self.get_importer(), "Duration")

	def start_import(self):
		"""Start Frappe's import; raise ValidationError, with the rows, for values that it would misread."""
		if self.import_file or self.google_sheets_url:
			# Frappe's job reads commas only, whatever the preview does
			self._refuse_misread(Importer(self.reference_doctype, data_import=self))
		return super().start_import()

	def get_importer(self):
		"""Return Frappe's importer, which reads the file, with warnings of values that it would misread.

		Raises: PermissionError if the user may not read the file.
		"""
		if self.import_file and not _is_trusted() and not _may_read(self.import_file):
			frappe.throw(
				_("You may not read the file {0}. Upload your own file.").format(bold(self.import_file)),
				frappe.PermissionError,
				title=_("Not Allowed to Import"),
			)
		importer = super().get_importer()
		if self._is_own():
			importer.import_file.warnings += import_values.find_misread(importer.import_file)
		return importer

	def _refuse_misread(self, importer: Importer, *fieldtypes: str):
		if self._is_own():
			import_values.refuse(import_values.find_misread(importer.import_file, *fieldtypes))

	def _is_own(self) -> bool:
		return frappe.get_meta(self.reference_doctype).module == MODULE


def _is_trusted() -> bool:
	return "System Manager" in frappe.get_roles()


def _may_read(address: str) -> bool:
	"""Return whether the user can read a File of this address; uploads of the same content share it."""
	names = frappe.get_all("File", {"file_url": address}, pluck="name")
	return any(frappe.has_permission("File", "read", doc=name) for name in names)
