from frappe.model.document import Document


class CRMInteractionsSettings(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from crm_interactions.crm_interactions.doctype.interaction_party_type.interaction_party_type import (
			InteractionPartyType,
		)
		from crm_interactions.crm_interactions.doctype.interaction_subject_type.interaction_subject_type import (
			InteractionSubjectType,
		)
		from frappe.types import DF

		default_priority: DF.Link | None
		enable_calls: DF.Check
		enable_email: DF.Check
		enable_meetings: DF.Check
		enable_planned: DF.Check
		enable_sms: DF.Check
		party_types: DF.Table[InteractionPartyType]
		seeded: DF.LongText | None
		subject_types: DF.Table[InteractionSubjectType]
		timer_enabled: DF.Check
		use_reviewed: DF.Check
		use_under_control: DF.Check
	# end: auto-generated types

	pass
