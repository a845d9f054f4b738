import frappe
from frappe import _
from frappe.utils import cint

from crm_interactions.journal import configured_sources, registry
from crm_interactions.apps import installed
from crm_interactions.chains import groupings, subject_results
from crm_interactions.insight import paces
from crm_interactions.parties import key_index
from crm_interactions.recording import numbering
from crm_interactions.controllers.validation import bold
from crm_interactions.controllers.document import PlainDocument
from crm_interactions.visibility import settings as visibility


class CRMInteractionsSettings(PlainDocument):
	"""Settings of the app: options, partner, subject and activity types, reminders, working time, visibility."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from crm_interactions.crm_interactions.doctype.capture_account.capture_account import CaptureAccount
		from crm_interactions.crm_interactions.doctype.capture_domain.capture_domain import CaptureDomain
		from crm_interactions.crm_interactions.doctype.interaction_party_type.interaction_party_type import (
			InteractionPartyType,
		)
		from crm_interactions.crm_interactions.doctype.interaction_source.interaction_source import (
			InteractionSource,
		)
		from crm_interactions.crm_interactions.doctype.interaction_subject_type.interaction_subject_type import (
			InteractionSubjectType,
		)
		from crm_interactions.crm_interactions.doctype.interaction_visibility_role.interaction_visibility_role import (
			InteractionVisibilityRole,
		)
		from frappe.types import DF

		capture_accounts: DF.Table[CaptureAccount]
		capture_calls: DF.Check
		capture_domains: DF.Table[CaptureDomain]
		capture_limit: DF.Int
		capture_mail: DF.Literal["Nothing", "Answers Only", "Known Contacts"]
		capture_responsible: DF.Link | None
		capture_sms: DF.Check
		chain_dictionary: DF.Link | None
		chain_kind: DF.Literal[
			"Category",
			"Type of First Activity",
			"Direction of First Activity",
			"Responsible",
			"Subject Type",
			"Company",
			"Territory",
			"Customer Group",
			"Lead Source",
			"Campaign",
			"Dictionary",
		]
		default_priority: DF.Link | None
		digest_hour: DF.Int
		enable_calls: DF.Check
		enable_email: DF.Check
		enable_meetings: DF.Check
		enable_planned: DF.Check
		enable_sms: DF.Check
		friday: DF.Check
		monday: DF.Check
		party_types: DF.Table[InteractionPartyType]
		remind_before: DF.Int
		remind_late: DF.Check
		respect_working_time: DF.Check
		saturday: DF.Check
		see_all_roles: DF.TableMultiSelect[InteractionVisibilityRole]
		seeded: DF.LongText | None
		send_digest: DF.Check
		sources: DF.Table[InteractionSource]
		subject_types: DF.Table[InteractionSubjectType]
		start_with_my_day: DF.Check
		sunday: DF.Check
		thursday: DF.Check
		timer_enabled: DF.Check
		tuesday: DF.Check
		use_reviewed: DF.Check
		use_under_control: DF.Check
		visibility: DF.Literal["Everyone", "Own and Team", "Role Permissions"]
		wednesday: DF.Check
		workday_ends_at: DF.Time | None
		workday_starts_at: DF.Time | None
	# end: auto-generated types

	def validate(self):
		self.keep_memory()
		for row in self.sources:
			configured_sources.validate(row)
		for row in self.subject_types:
			subject_results.validate(row)
		self.refuse_twice()
		self.check_digest_hour()
		self.check_chain_kind()
		visibility.validate(self)

	def keep_memory(self):
		"""Restore the stored `seeded`: only the server writes it (`setup/memory.py`)."""
		self.seeded = frappe.db.get_single_value(self.doctype, "seeded", cache=False)

	def on_update(self):
		registry.clear_cache()
		self.register_sources()
		self.refresh_results()
		if self.has_value_changed("chain_kind") or self.has_value_changed("chain_dictionary"):
			paces.queue_refresh()
		if (added := self.new_partner_types()) and not installed.is_setting_up():
			key_index.catch_up(added)

	def on_change(self):
		registry.clear_cache()

	def new_partner_types(self) -> list[str]:
		before = self.get_doc_before_save()
		former = {row.party_type for row in before.party_types} if before else set()
		return [row.party_type for row in self.party_types if row.party_type not in former]

	def refuse_twice(self):
		types = [row.document_type for row in self.sources]
		for doctype in {doctype for doctype in types if types.count(doctype) > 1}:
			frappe.throw(
				_("{0} is listed twice under Further Activities. Remove one of the rows.").format(
					bold(_(doctype))
				),
				title=_("Check the Sources"),
			)

	def check_digest_hour(self):
		if not 0 <= cint(self.digest_hour) <= 23:
			frappe.throw(
				_("{0} is not an hour of the day. Enter a number from 0 to 23 for the digest.").format(
					bold(self.digest_hour)
				),
				title=_("Check the Reminders"),
			)

	def check_chain_kind(self):
		if self.chain_kind != groupings.DICTIONARY_LABEL:
			self.chain_dictionary = None
		if not groupings.find(self.chain_kind, self.chain_dictionary):
			frappe.throw(
				_("Chains of this site have no {0}. Choose another kind of chains.").format(
					bold(self.chain_dictionary or _(self.chain_kind))
				),
				title=_("Check the Kinds of Chains"),
			)

	def refresh_results(self):
		"""Queue the job that reads the results of chains again, for each subject type whose row changed."""
		known = {row.subject_type: _described(row) for row in self.former_rows("subject_types")}
		for row in self.subject_types:
			is_new = row.subject_type not in known
			if (row.status_field or not is_new) and known.get(row.subject_type) != _described(row):
				subject_results.queue_refresh(row.subject_type)

	def former_rows(self, table: str) -> list:
		before = self.get_doc_before_save()
		return before.get(table) if before else []

	def register_sources(self):
		"""Queue the numbering job for each changed source; for a removed or disabled one, it deletes journal rows."""
		known = {row.document_type: _described(row) for row in self.former_rows("sources")}
		for row in self.sources:
			if known.get(row.document_type) != _described(row):
				numbering.queue_numbering(row.document_type)
		for doctype in known.keys() - {row.document_type for row in self.sources}:
			numbering.queue_numbering(doctype)


def _described(row) -> list:
	return [row.get(df.fieldname) for df in row.meta.fields]
