"""Base controller of the rows of an activity's tables."""

import frappe
from frappe import _
from frappe.model.document import Document

from crm_interactions.controllers.validation import bold


class ActivityRow(Document):
	"""A row that is saved with its activity; by itself it is refused.

	The platform's REST lets clients save and delete a row by itself. That would pass by the rules of the whole:
	read-only once completed (R9), contact of the partner (R6), no value twice (R11). A row's own events run
	only in that case.
	"""

	@property
	def parent_doc(self):
		"""Return the document of this row, read where the row was read by its own name.

		The platform asks the permissions of this document for a row, and none where there is no such document.
		"""
		held = super().parent_doc
		if held is None and self.get("parent") and self.get("parenttype"):
			held = self._parent_doc = frappe.get_doc(self.parenttype, self.parent)
		return held

	@parent_doc.setter
	def parent_doc(self, value):
		self._parent_doc = value

	@parent_doc.deleter
	def parent_doc(self):
		self._parent_doc = None

	def has_permission(self, permtype="read", *, debug=False, user=None) -> bool:
		"""Return whether a user has a right to the document of this row; a refusal doesn't name that document."""
		parent = self.parent_doc
		if parent is not None and not frappe.has_permission(parent.doctype, permtype, doc=parent, user=user):
			return False
		return super().has_permission(permtype, debug=debug, user=user)

	def validate(self):
		self.refuse_alone()

	def on_trash(self):
		self.refuse_alone()

	def refuse_alone(self):
		frappe.throw(
			_("{0} {1} is changed only together with {2}. Send the whole table there.").format(
				_(self.doctype), self.idx or "", bold(self.parent or _(self.parenttype or ""))
			),
			title=_("Change the Whole"),
		)
