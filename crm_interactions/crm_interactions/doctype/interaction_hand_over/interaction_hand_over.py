from frappe.model.document import Document


class InteractionHandOver(Document):
	"""A hand-over from one user to another. Only `crm_interactions.handover` writes these records."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		activities: DF.Int
		asked_by: DF.Link | None
		assignments: DF.Int
		bookings: DF.Int
		calendar_entries: DF.Int
		chain: DF.Link | None
		chains: DF.Int
		done_count: DF.Int
		finished_on: DF.Datetime | None
		from_user: DF.Link | None
		interaction_type: DF.Link | None
		kept_count: DF.Int
		last_sign_on: DF.Datetime | None
		left_count: DF.Int
		next_steps: DF.Int
		open_only: DF.Check
		party: DF.DynamicLink | None
		party_type: DF.Link | None
		problem: DF.SmallText | None
		reminders: DF.Int
		running_key: DF.Data | None
		shown_count: DF.Int
		started_on: DF.Datetime | None
		status: DF.Literal["Queued", "Running", "Done", "Undone", "Failed"]
		to_user: DF.Link | None
		total: DF.Int
		undoing: DF.Check
		undone_by: DF.Link | None
		undone_count: DF.Int
		undone_on: DF.Datetime | None
	# end: auto-generated types
