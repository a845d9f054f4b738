import frappe
from frappe.model.document import Document


class ActivityLink(Document):
	"""A journal row. Only `crm_interactions.journal.writer` writes these rows."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from crm_interactions.crm_interactions.doctype.interaction_dictionary_entry.interaction_dictionary_entry import (
			InteractionDictionaryEntry,
		)

		activity: DF.DynamicLink
		activity_plan: DF.Link | None
		activity_date: DF.Datetime | None
		activity_type: DF.Link
		category: DF.Link | None
		chain: DF.Link
		contact: DF.Link | None
		dictionary_values: DF.Table[InteractionDictionaryEntry]
		direction: DF.Literal["", "Incoming", "Outgoing"]
		due_until: DF.Datetime | None
		has_attachment: DF.Check
		interaction_type: DF.Link | None
		outcome: DF.Link | None
		party: DF.DynamicLink | None
		party_type: DF.Link | None
		pinned: DF.Check
		previous: DF.Link | None
		priority: DF.Link | None
		responsible: DF.Link | None
		reviewed: DF.Check
		status: DF.Literal["Planned", "Done", "Cancelled"]
		subject: DF.DynamicLink | None
		subject_type: DF.Link | None
		title: DF.Data | None
		under_control: DF.Check
	# end: auto-generated types


def on_doctype_update():
	"""Add the unique key of one row per activity, and indexes for the pages of chains, partners and lists.

	A user's number of rows grows with the journal, so an index finds the newest ones without a sort.
	"""
	frappe.db.add_unique(
		"Activity Link", ["activity_type", "activity"], constraint_name="crm_activity_link_once"
	)
	frappe.db.add_index("Activity Link", ["chain", "activity_date"], "crm_activity_link_chain_date")
	frappe.db.add_index("Activity Link", ["party", "activity_date"], "crm_activity_link_party_date")
	frappe.db.add_index("Activity Link", ["chain", "activity_type"], "crm_activity_link_chain_type")
	frappe.db.add_index(
		"Activity Link", ["responsible", "activity_date"], "crm_activity_link_responsible_date"
	)
	frappe.db.add_index(
		"Activity Link", ["responsible", "status", "activity_date"], "crm_activity_link_responsible_status"
	)
