import frappe
from frappe import _

from crm_interactions.platform import print_html
from crm_interactions.controllers.activity import Activity
from crm_interactions.invitations import meeting as invitations
from crm_interactions.invitations import state, wording


class Meeting(Activity):
	"""A meeting with a partner, with participants, invitations, resources and costs (R13)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from crm_interactions.crm_interactions.doctype.activity_resource.activity_resource import (
			ActivityResource,
		)
		from crm_interactions.crm_interactions.doctype.interaction_dictionary_entry.interaction_dictionary_entry import (
			InteractionDictionaryEntry,
		)
		from crm_interactions.crm_interactions.doctype.interaction_participant.interaction_participant import (
			InteractionParticipant,
		)
		from crm_interactions.crm_interactions.doctype.interaction_product.interaction_product import (
			InteractionProduct,
		)
		from frappe.types import DF

		actual_cost: DF.Currency
		actual_cost_currency: DF.Link | None
		activity_plan: DF.Link | None
		add_to_calendar: DF.Check
		agenda: DF.TextEditor | None
		amount: DF.Currency
		category: DF.Link | None
		chain: DF.Link | None
		audience: DF.Data | None
		before_completion: DF.LongText | None
		completed: DF.Check
		completed_by: DF.Link | None
		completed_on: DF.Datetime | None
		contact: DF.Link | None
		control_on: DF.Date | None
		currency: DF.Link | None
		dictionary_values: DF.Table[InteractionDictionaryEntry]
		direction: DF.Literal["", "Incoming", "Outgoing"]
		due_until: DF.Datetime | None
		duration: DF.Duration | None
		ends_on: DF.Datetime | None
		event: DF.Link | None
		former_id: DF.Data | None
		expected_cost: DF.Currency
		expected_cost_currency: DF.Link | None
		planned_by: DF.DynamicLink | None
		planned_by_type: DF.Link | None
		has_attachment: DF.Check
		how_to_reach: DF.Data | None
		interaction_type: DF.Link
		invitation_sequence: DF.Int
		invitation_state: DF.LongText | None
		invitation_uid: DF.Data | None
		invited_on: DF.Datetime | None
		next_activity: DF.DynamicLink | None
		next_activity_type: DF.Link | None
		next_doctype: DF.Literal["", "Interaction", "Meeting"]
		next_in: DF.Int
		next_on: DF.Datetime | None
		next_title: DF.Data | None
		next_type: DF.Link | None
		next_unit: DF.Literal["Hours", "Days", "Weeks", "Months"]
		notes: DF.TextEditor | None
		outcome: DF.Link | None
		participants: DF.Table[InteractionParticipant]
		party: DF.DynamicLink | None
		party_name: DF.Data | None
		party_type: DF.Link | None
		place: DF.Text | None
		plan_next: DF.Check
		priority: DF.Link | None
		products: DF.Table[InteractionProduct]
		rating: DF.Rating
		contact_key: DF.Data | None
		reason: DF.SmallText | None
		reopen_reason: DF.SmallText | None
		reopened_by: DF.Link | None
		reopened_on: DF.Datetime | None
		resources: DF.Table[ActivityResource]
		responsible: DF.Link
		review_again_on: DF.Date | None
		reviewed: DF.Check
		reviewed_by: DF.Link | None
		reviewed_on: DF.Datetime | None
		starts_on: DF.Datetime
		status: DF.Literal["", "Planned", "Held", "Not Held", "Cancelled"]
		subject: DF.DynamicLink | None
		subject_type: DF.Link | None
		title: DF.Data
		under_control: DF.Check
	# end: auto-generated types

	def before_validate(self):
		state.keep_stored_state(self)
		self.invite_contact()
		super().before_validate()

	def before_save(self):
		super().before_save()
		invitations.plan_delivery(self)

	def on_update(self):
		super().on_update()
		invitations.send_delivery(self)

	def on_trash(self):
		super().on_trash()
		invitations.withdraw_invitation(self)

	def invite_contact(self):
		"""Add the contact person of a new meeting to the participants, if missing."""
		if not self.is_new() or not self.contact:
			return
		present = {(row.participant_type, row.participant) for row in self.participants}
		if ("Contact", self.contact) not in present:
			self.append("participants", {"participant_type": "Contact", "participant": self.contact})

	def has_contact(self) -> bool:
		"""Return whether a participant is of side *Theirs*."""
		return any(row.side == "Theirs" for row in self.participants)

	def validate_completeness(self):
		"""Require partner, responsible user and a participant of side *Theirs*; raise MandatoryError (R7)."""
		if not self.party:
			frappe.throw(
				_("Choose the partner of the meeting."), frappe.MandatoryError, title=_("Partner Is Missing")
			)
		if not self.responsible:
			frappe.throw(
				_("Choose the user responsible for the meeting."),
				frappe.MandatoryError,
				title=_("Responsible Is Missing"),
			)
		if not self.has_contact() and not self.lacks_contact_since_planned():
			frappe.throw(
				_("Add at least one participant from the partner's side."),
				frappe.MandatoryError,
				title=_("Participant Is Missing"),
			)

	def time_frame(self) -> str:
		"""Return start and end as text with the time zone; without an end, the duration counts, at least 30 minutes."""
		return wording.when(self)

	def name_of_side(self, side: str) -> str:
		"""Return a side's name for print formats: the partner's for Theirs, else the company's, or a general term."""
		return wording.name_of_side(self, side)

	def on_paper(self, field: str) -> str:
		"""Return a rich text field as HTML for print, with the site's own and embedded images only; "" if empty."""
		return print_html.on_paper(self.get(field))
