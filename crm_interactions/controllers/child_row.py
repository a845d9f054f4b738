"""Base controller for the child rows of activities."""

import frappe
from frappe import _
from frappe.model.document import Document

from crm_interactions.controllers.validation import bold


class ActivityRow(Document):
	"""A row that can be saved and deleted only together with its activity.

	Frappe's REST API lets clients save and delete a row directly. That would bypass the activity's rules: read-only
	once completed (R9), contacts of the partner (R6), no duplicate values (R11). A row's own events run only on
	such direct changes.
	"""

	@property
	def parent_doc(self):
		"""Return the document of this row, loaded if the row was loaded by its own name; None if the row names none.

		Frappe checks a row's permissions on it, and none if it isn't set. A missing document raises DoesNotExistError.
		"""
		parent = super().parent_doc
		if parent is None and self.get("parent") and self.get("parenttype"):
			parent = self._parent_doc = frappe.get_doc(self.parenttype, self.parent)
		return parent

	@parent_doc.setter
	def parent_doc(self, value):
		self._parent_doc = value

	@parent_doc.deleter
	def parent_doc(self):
		self._parent_doc = None

	def has_permission(self, permtype="read", *, debug=False, user=None) -> bool:
		"""Return whether a user has a permission on the row and its document; a refusal doesn't name the document."""
		parent = self.parent_doc
		if parent is not None and not frappe.has_permission(parent.doctype, permtype, doc=parent, user=user):
			return False
		return super().has_permission(permtype, debug=debug, user=user)

	def validate(self):
		self.refuse_direct_change()

	def on_trash(self):
		self.refuse_direct_change()

	def refuse_direct_change(self):
		"""Raise ValidationError: rows are saved and deleted with their document only."""
		frappe.throw(
			_("{0} {1} can't be changed on its own. Save it as part of {2}.").format(
				_(self.doctype), self.idx or "", bold(self.parent or _(self.parenttype or ""))
			),
			title=_("Change the Document"),
		)
