import frappe
from frappe import _

from crm_interactions.controllers.activity import Activity
from crm_interactions.controllers.validation import bold


class Interaction(Activity):
	"""A call, an e-mail, an SMS or any other contact with a partner, planned or held."""

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

		activity_plan: DF.Link | None
		add_to_calendar: DF.Check
		amount: DF.Currency
		captured_values: DF.LongText | None
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
		planned_by: DF.DynamicLink | None
		planned_by_type: DF.Link | None
		has_attachment: DF.Check
		how_to_reach: DF.Data | None
		interaction_type: DF.Link
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
		source: DF.DynamicLink | None
		source_key: DF.Data | None
		source_type: DF.Link | None
		starts_on: DF.Datetime
		status: DF.Literal["", "Planned", "Held", "Not Held", "Cancelled"]
		subject: DF.DynamicLink | None
		subject_type: DF.Link | None
		title: DF.Data
		under_control: DF.Check
	# end: auto-generated types

	def has_contact(self) -> bool:
		return bool(self.contact or self.how_to_reach)

	def validate_completeness(self):
		"""Require the partner, and a contact person or a number or address (R7).

		An incoming interaction needs no partner if it has a number or address: the caller may be unknown.

		Raises: MandatoryError.
		"""
		if not self.party and not (self.direction == "Incoming" and self.how_to_reach):
			frappe.throw(
				_(
					"Choose the partner. It is optional only for an incoming interaction with a number or address."
				),
				frappe.MandatoryError,
				title=_("Partner Is Missing"),
			)
		if not self.has_contact() and not self.lacks_contact_since_planned():
			frappe.throw(
				_("Choose a contact person or enter the number or address in {0}.").format(
					bold(_("Phone or E-mail"))
				),
				frappe.MandatoryError,
				title=_("Contact Is Missing"),
			)
