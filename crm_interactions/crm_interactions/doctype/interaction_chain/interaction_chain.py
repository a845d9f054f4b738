import frappe
from frappe import _
from frappe.utils import cstr

from crm_interactions.chains import locks, log, plan_runs
from crm_interactions.controllers.validation import LONGEST_LINE, bold
from crm_interactions.controllers.document import PlainDocument

# fields that only the server writes; users may change title, partner and responsible user
SERVER_FIELDS = (
	*("status", "merged_into", "subject_type", "subject", "closed_on", "closed_by", "close_reason"),
	*("started_on", "last_activity_on", "next_step_on", "has_next_step", "activity_count"),
	*("turn", "turn_since", "slow", "slow_reason", "slow_limit"),
	*("result", "result_on", "result_amount", "result_currency", "result_from_subject"),
)


class InteractionChain(PlainDocument):
	"""Activities about one matter. The number of a chain that was joined to another one leads to that chain."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		activity_count: DF.Int
		close_reason: DF.SmallText | None
		closed_by: DF.Link | None
		closed_on: DF.Datetime | None
		has_next_step: DF.Check
		last_activity_on: DF.Datetime | None
		merged_into: DF.Link | None
		next_step_on: DF.Datetime | None
		party: DF.DynamicLink | None
		party_type: DF.Link | None
		responsible: DF.Link | None
		result: DF.Literal["", "Won", "Lost", "No Decision", "Resolved", "Not Resolved"]
		result_amount: DF.Currency
		result_currency: DF.Link | None
		result_from_subject: DF.Check
		result_on: DF.Datetime | None
		slow: DF.Check
		slow_limit: DF.Float
		slow_reason: DF.Literal[
			"",
			"Waiting for Us Longer Than Usual",
			"Silent Longer Than Usual",
			"Open Longer Than Usual",
			"No Next Step",
		]
		started_on: DF.Datetime | None
		status: DF.Literal["Open", "Closed", "Merged"]
		subject: DF.DynamicLink | None
		subject_type: DF.Link | None
		title: DF.Data
		turn: DF.Literal["", "Ours", "Theirs"]
		turn_since: DF.Datetime | None
	# end: auto-generated types

	@locks.explain_save_conflicts
	def save_checked(self, *args, **kwargs):
		return super().save_checked(*args, **kwargs)

	def validate(self):
		self.keep_server_fields()

	def on_trash(self):
		self.refuse_while_in_use()
		log.delete_entries(self.name)
		plan_runs.delete_runs(self.name)

	def keep_server_fields(self):
		"""Restore the stored `SERVER_FIELDS`, so that an outdated form can't overwrite them; cut a new chain's title.

		Raises: PermissionError for a new chain that the server doesn't create.
		"""
		before = self.get_doc_before_save()
		if before:
			self.update({field: before.get(field) for field in SERVER_FIELDS})
		elif not self.flags.by_server:
			frappe.throw(
				_("A chain is created with its first activity. Log an interaction instead."),
				frappe.PermissionError,
				title=_("Chains Are Created Automatically"),
			)
		else:
			# a longer title of another app's document must not block saving it
			self.title = cstr(self.title)[:LONGEST_LINE]

	def refuse_while_in_use(self):
		"""Raise LinkExistsError if the chain holds activities, since each needs a chain; not during uninstallation."""
		if not frappe.flags.in_uninstall and frappe.db.exists("Activity Link", {"chain": self.name}):
			frappe.throw(
				_("The chain {0} holds activities. Unlink or delete them first, or close the chain.").format(
					bold(self.name)
				),
				frappe.LinkExistsError,
				title=_("Chain Is in Use"),
			)
