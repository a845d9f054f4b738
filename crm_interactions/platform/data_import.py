"""Limits of Data Import for users who aren't System Managers.

Frappe 15 and 16 trust each user of Data Import: the importer reads any file by its address without a check of
permission, and Frappe 16 no longer checks the right to import on the server. This module may go once both are checked.
"""

import frappe
from frappe import _
from frappe.core.doctype.data_import.data_import import DataImport

from crm_interactions.controllers.validation import bold


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

	def get_importer(self):
		"""Return Frappe's importer, which reads the file; raise PermissionError if the user may not read it."""
		if self.import_file and not _is_trusted() and not _may_read(self.import_file):
			frappe.throw(
				_("You may not read the file {0}. Upload your own file.").format(bold(self.import_file)),
				frappe.PermissionError,
				title=_("Not Allowed to Import"),
			)
		return super().get_importer()


def _is_trusted() -> bool:
	return "System Manager" in frappe.get_roles()


def _may_read(address: str) -> bool:
	"""Return whether the user can read a File of this address; uploads of the same content share it."""
	names = frappe.get_all("File", {"file_url": address}, pluck="name")
	return any(frappe.has_permission("File", "read", doc=name) for name in names)
