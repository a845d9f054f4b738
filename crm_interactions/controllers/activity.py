"""Base controller of the app's own activities: Interaction, Meeting and Product Record.

It keeps one document's invariants; each step is a named function of the package that knows the rule.
A step looks only at fields that the document type has, so one list serves all three.
"""

import frappe
from frappe import _
from frappe.utils import flt, get_datetime, now_datetime

from crm_interactions.activities import completion, dictionaries, options, period, review
from crm_interactions.apps import organisation
from crm_interactions.chains import locks, submitted_chain
from crm_interactions.controllers.document import PlainDocument
from crm_interactions.controllers.validation import bold
from crm_interactions.followups import calendar, planner
from crm_interactions.journal import attachments
from crm_interactions.parties import contact_keys, contacts, participants, partners
from crm_interactions.reminders import sent_log
from crm_interactions.resources import booking
from crm_interactions.resources.locks import take_turn
from crm_interactions.visibility import audiences, grants, restoring

# amount field → the currency that it is given in
AMOUNTS = {
	"amount": "currency",
	"expected_cost": "expected_cost_currency",
	"actual_cost": "actual_cost_currency",
}


class Activity(PlainDocument):
	@locks.explain_save_conflicts
	def insert_checked(self, *args, **kwargs):
		# the platform's defaults are set before any event, so this is the last place that knows what was given
		organisation.note_given(self)
		restoring.require_right(self)
		if self.get("chain"):
			# before the record, as in `save`: who writes to all of a chain would wait for the new record, and it for him
			locks.hold_chain_if_exists(self.chain)
		with take_turn(self):
			return super().insert_checked(*args, **kwargs)

	def require_right_to_what_is_kept(self):
		super().require_right_to_what_is_kept()
		grants.note_change(self)

	@locks.explain_save_conflicts
	def save_checked(self, *args, **kwargs):
		# the chain before the record, as everybody does who changes both (chains/locks.py)
		if not self.is_new() and self.get("chain"):
			locks.hold_chain_if_exists(self.chain)
		with take_turn(self):
			return super().save_checked(*args, **kwargs)

	def before_validate(self):
		period.require_readable(self)
		self.keep_server_fields()
		if completion.is_locked(self):
			return
		self.set_defaults()
		participants.fill_from_links(self)

	def validate(self):
		if completion.is_locked(self):
			completion.refuse_changes(self)
			return
		self.validate_completeness()
		options.validate(self)
		partners.validate(self)
		submitted_chain.validate(self)
		contacts.validate(self)
		participants.validate(self)
		dictionaries.validate(self)
		period.validate_period(self)
		self.validate_rating()
		self.validate_amounts()
		planner.prepare_plan(self)
		self.set_derived()
		booking.validate(self)
		calendar.prepare_sync(self)
		audiences.set_audience(self)

	def on_update(self):
		attachments.refresh_mark(self)

	def on_trash(self):
		completion.refuse_delete(self)
		sent_log.delete_log(self.doctype, self.name)

	def set_defaults(self):
		"""Fill what the user left open: responsible, time, and what the type and the settings propose (R3)."""
		if not self.is_new():
			return
		self.responsible = self.responsible or frappe.session.user
		self.starts_on = self.starts_on or now_datetime()
		dictionaries.set_defaults(self)
		if self.meta.has_field("status") and not self.status:
			self.status = "Planned" if get_datetime(self.starts_on) > now_datetime() else "Held"
		organisation.set_defaults(self)

	def keep_server_fields(self):
		"""What only the server writes is taken from the database, whatever a client sends."""
		before = self.get_doc_before_save()
		submitted_chain.keep_stored_chain(self, before)
		planner.keep_links(self, before)
		calendar.keep_event(self, before)
		audiences.keep_stored_audience(self, before)
		self.has_attachment = before.has_attachment if before else 0
		if self.meta.has_field(completion.REOPEN_FIELD) and not self.flags.reopening:
			for field in completion.TRACE_FIELDS:
				self.set(field, before.get(field) if before else None)

	def set_derived(self):
		"""Fields that follow from others and that nobody types."""
		partners.set_party_name(self)
		contact_keys.set_key(self)
		period.set_duration(self)
		review.stamp_review(self)
		completion.stamp_completion(self)

	def validate_completeness(self):
		"""What must be there to save; each document type says its own (R7)."""

	def validate_rating(self):
		"""Refuse what the platform would silently turn into 0 or 5 stars (R3: 1 to 5 stars)."""
		if not self.meta.has_field("rating"):
			return
		if not 0 <= flt(self.rating) <= 1:
			frappe.throw(
				_(
					"The rating {0} is outside 0 to 5 stars. In imports and through the API each star counts 0.2, so that 4 stars are 0.8."
				).format(bold(self.rating)),
				title=_("Check the Rating"),
			)

	def validate_amounts(self):
		"""An amount says nothing without its currency (R3, R13)."""
		for amount, currency in AMOUNTS.items():
			if self.meta.has_field(amount) and flt(self.get(amount)) and not self.get(currency):
				self.ask_for_currency(self.meta.get_label(amount), currency)
		for row in self.products if self.meta.has_field("products") else []:
			if flt(row.amount) and not self.currency:
				self.ask_for_currency(_("Amount of {0}").format(row.product), "currency")

	def ask_for_currency(self, amount_label: str, currency_field: str):
		frappe.throw(
			_("{0} needs a currency. Choose one in {1}.").format(
				bold(_(amount_label)), bold(_(self.meta.get_label(currency_field)))
			),
			frappe.MandatoryError,
			title=_("Currency Is Missing"),
		)
