import frappe
from frappe import _

from crm_interactions.capture import policy
from crm_interactions.controllers.document import PlainDocument


class CaptureExclusion(PlainDocument):
	"""An address, a number or a domain whose mail, calls and text messages are not captured."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		pattern: DF.Data
		reason: DF.SmallText | None
	# end: auto-generated types

	def before_naming(self):
		self.pattern = policy.exclusion_key(self.pattern or "")

	def validate(self):
		"""Raise PermissionError for a domain that a user without the right to delete exclusions enters."""
		if self.is_domain() and not (self.flags.ignore_permissions or self.has_permission("delete")):
			frappe.throw(
				_("Only a manager can exclude a whole domain. Exclude the address instead."),
				frappe.PermissionError,
				title=_("Not Permitted"),
			)

	def is_domain(self) -> bool:
		return "@" not in self.pattern and "." in self.pattern and not self.pattern.startswith("+")
