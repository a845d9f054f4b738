from datetime import timedelta

import frappe
from frappe.model.document import Document
from frappe.utils import cint, now_datetime

# what is late is looked for in the last 31 days; a row that goes sooner would be told again
SHORTEST_MEMORY = 40


class InteractionReminder(Document):
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

	"""What somebody was told; `crm_interactions.reminders.sent_log` writes it, nobody else."""

	@staticmethod
	def clear_old_logs(days: int = 90):
		"""Called by the platform's Log Settings.

		Args:
			days: how old a reminder has to be; fewer than 40 count as 40.
		"""
		until = now_datetime() - timedelta(days=max(cint(days), SHORTEST_MEMORY))
		frappe.db.delete("Interaction Reminder", {"due": ("<", until)})
