from datetime import timedelta

import frappe
from frappe.model.document import Document
from frappe.utils import cint, now_datetime

# in days; late activities are searched 31 days back, so deleting a row earlier would repeat its reminder
SHORTEST_MEMORY = 40


class InteractionReminder(Document):
	"""A reminder of a user. Only `crm_interactions.reminders.sent_log` writes these records."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		activity: DF.DynamicLink | None
		activity_type: DF.Link | None
		due: DF.Datetime
		kind: DF.Literal["Before Due", "Late", "Digest"]
		reminder_key: DF.Data | None
		result: DF.Literal["Sent", "Passed Over", "Failed"]
		sent_on: DF.Datetime | None
		user: DF.Link
	# end: auto-generated types

	@staticmethod
	def clear_old_logs(days: int = 90):
		"""Delete reminders due more than `days` (at least 40) days ago; Frappe's Log Settings call this."""
		until = now_datetime() - timedelta(days=max(cint(days), SHORTEST_MEMORY))
		frappe.db.delete("Interaction Reminder", {"due": ("<", until)})
