"""Base controller of the app's own activities: Interaction, Meeting and Product Record.

The controller keeps the invariants of one document. Each step is a named function in the package that owns the rule.
A step reads only fields that the document type has, so the three document types share one list of steps.
"""

import frappe
from frappe import _
from frappe.utils import flt, now_datetime

from crm_interactions.activities import completion, dictionaries, due, former_id, options, period, review
from crm_interactions.apps import organisation
from crm_interactions.capture import origin
from crm_interactions.chains import locks, submitted_chain
from crm_interactions.clock import site_time
from crm_interactions.controllers.document import PlainDocument
from crm_interactions.controllers.validation import bold, former_version
from crm_interactions.followups import assignment, calendar, planner
from crm_interactions.journal import attachments
from crm_interactions.parties import contact_keys, contacts, participants, partners
from crm_interactions.plans import steps
from crm_interactions.platform import search_index
from crm_interactions.reminders import read_marks, sent_log
from crm_interactions.resources import booking
from crm_interactions.resources.locks import take_turn
from crm_interactions.visibility import audiences, grants, restoring

# amount field → its currency field
AMOUNTS = {
	"amount": "currency",
	"expected_cost": "expected_cost_currency",
	"actual_cost": "actual_cost_currency",
}


class Activity(PlainDocument):
	@locks.explain_save_conflicts
	def insert_checked(self, *args, **kwargs):
		"""Insert with chain and resources locked, and note which organisation fields were submitted.

		Raises: PermissionError if the user may not restore a deleted activity of this name; as `save_checked`.
		"""
		# Frappe fills in defaults before the first event, so submitted values must be noted here
		organisation.note_given(self)
		restoring.require_right(self)
		if self.get("chain"):
			# lock the chain before the record, as in `save_checked`, or a write to the whole chain could deadlock
			locks.hold_chain_if_exists(self.chain)
		with take_turn(self):
			return super().insert_checked(*args, **kwargs)

	def check_write_permission_on_stored_version(self):
		super().check_write_permission_on_stored_version()
		grants.note_change(self)

	@locks.explain_save_conflicts
	def save_checked(self, *args, **kwargs):
		"""Save with chain and resources locked to the end of the transaction.

		Raises: ChangedMeanwhileError, with a message, after a deadlock or lock timeout.
		"""
		# lock the chain before the record, in the order that chains/locks.py defines
		if not self.is_new() and self.get("chain"):
			locks.hold_chain_if_exists(self.chain)
		with take_turn(self):
			return super().save_checked(*args, **kwargs)

	def before_validate(self):
		"""Convert dates, restore server-only fields and, unless already completed, fill defaults and participants.

		Times that the clock skips are moved, with a message. Only a new document gets defaults, except for a meeting's
		type. An emptied chain is restored, too; a changed chain, or a changed or emptied subject, raises
		ChangedMeanwhileError. Text that isn't a date raises ValidationError.
		"""
		period.require_readable(self)
		self.keep_server_fields()
		if completion.is_locked(self):
			return
		period.move_skipped_times(self)
		dictionaries.set_type(self)
		self.set_defaults()
		participants.fill_from_links(self)

	def validate(self):
		"""Check the activity, complete its plan and set derived fields, bookings and audience; warn of small resources.

		Missing rows of the audience are inserted. If already completed, only `refuse_changes` runs, unless it reopens.

		Raises: ValidationError, mostly a subclass such as MandatoryError or BookedError; PermissionError.
		"""
		if completion.is_locked(self):
			completion.refuse_changes(self)
			if not self.flags.reopening:
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
		assignment.prepare_sync(self)
		calendar.prepare_sync(self)
		audiences.set_audience(self)

	def before_save(self):
		"""Set until when the activity is due, after all steps that change status or time."""
		due.set_due_until(self)

	def on_update(self):
		"""Set `has_attachment` from the stored files, with `modified` unchanged; mark settled reminders as read."""
		attachments.refresh_mark(self)
		read_marks.on_update(self)

	def on_change(self):
		"""Queue the notes for Frappe's search index, to which Frappe has queued the other fields by now."""
		search_index.queue_entry(self)

	def on_trash(self):
		"""Delete the log of reminders; raises CompletedError for a completed activity (`completion.refuse_delete`)."""
		completion.refuse_delete(self)
		sent_log.delete_log(self.doctype, self.name)

	def set_defaults(self):
		"""Fill blank fields of a new document: responsible, start, status, and defaults of type and settings (R3).

		Blank organisation fields become the responsible user's. A later start, or today without a time, gives *Planned*,
		another *Held*.
		"""
		if not self.is_new():
			return
		self.responsible = self.responsible or frappe.session.user
		self.starts_on = self.starts_on or now_datetime()
		dictionaries.set_defaults(self)
		if self.meta.has_field("status") and not self.status:
			ahead = site_time.due_until(self.starts_on, self.responsible) > now_datetime()
			self.status = "Planned" if ahead else "Held"
		organisation.set_defaults(self)

	def keep_server_fields(self):
		"""Restore server-only fields from the stored version; clear them on a new document, except chain and subject.

		Raises: ChangedMeanwhileError for a changed chain or a changed or emptied subject; an emptied chain is restored.
		"""
		before = self.get_doc_before_save()
		submitted_chain.keep_stored_chain(self, before)
		planner.keep_links(self, before)
		steps.keep_plan(self, before)
		calendar.keep_event(self, before)
		audiences.keep_stored_audience(self, before)
		origin.keep_origin(self, before)
		former_id.keep(self, before)
		participants.keep_answers(self, before)
		self.has_attachment = before.has_attachment if before else 0
		if self.meta.has_field(completion.REOPEN_FIELD) and not self.flags.reopening:
			for field in completion.KEPT_FIELDS:
				self.set(field, before.get(field) if before else None)

	def set_derived(self):
		"""Set party name, contact key, a blank duration, and the stamps of review and completion, without saving.

		Completing makes a planned activity *Held*, and one that starts later may move to now. Raises as `stamp_review`.
		"""
		partners.set_party_name(self)
		contact_keys.set_key(self)
		period.set_duration(self)
		review.stamp_review(self)
		completion.stamp_completion(self)

	def validate_completeness(self):
		"""Do nothing; document types override it with the fields required to save (R7)."""

	def lacks_contact_since_planned(self) -> bool:
		"""Return whether a next step is still without contact because the partner's contacts had left by its planning.

		Its responsible user may move, hand over or cancel it; *Held* requires a contact again.
		"""
		if self.status == "Held" or self.completed:
			return False
		before = former_version(self)
		return not before.has_contact() if before else bool(self.flags.contact_left)

	def validate_rating(self):
		"""Raise ValidationError for a rating outside 0 to 1, which Frappe would silently store as 0 or 5 stars (R3)."""
		if not self.meta.has_field("rating"):
			return
		if not 0 <= flt(self.rating) <= 1:
			frappe.throw(
				_(
					"The rating {0} is outside 0 to 5 stars. In imports and through the API, each star counts 0.2: send 0.8 for 4 stars."
				).format(bold(self.rating)),
				title=_("Check the Rating"),
			)

	def validate_amounts(self):
		"""Raise MandatoryError for an amount without its currency, in the document or a product row (R3, R13)."""
		for amount, currency in AMOUNTS.items():
			if self.meta.has_field(amount) and flt(self.get(amount)) and not self.get(currency):
				self.refuse_missing_currency(self.meta.get_label(amount), currency)
		for row in self.products if self.meta.has_field("products") else []:
			if flt(row.amount) and not self.currency:
				self.refuse_missing_currency(_("Amount of {0}").format(row.product), "currency")

	def refuse_missing_currency(self, amount_label: str, currency_field: str):
		"""Raise MandatoryError, naming an amount and the field in which its currency is missing."""
		frappe.throw(
			_("{0} needs a currency. Choose one in {1}.").format(
				bold(_(amount_label)), bold(_(self.meta.get_label(currency_field)))
			),
			frappe.MandatoryError,
			title=_("Currency Is Missing"),
		)
