"""The app's refusals. All are the platform's ValidationError, so that every caller that knows it catches them."""

import frappe


class CompletedError(frappe.ValidationError):
	"""The activity is completed and therefore read-only (R9)."""


class OptionOffError(frappe.ValidationError):
	"""The functional option that this needs is switched off (R4)."""


class PartyTypeError(frappe.ValidationError):
	"""The document type is not among the configured partner or subject types."""


class ContactMismatchError(frappe.ValidationError):
	"""The contact person does not belong to the chosen partner, or none is chosen yet (R6)."""


class DisabledValueError(frappe.ValidationError):
	"""A dictionary value that is disabled was newly chosen (R11)."""


class ChangedMeanwhileError(frappe.ValidationError):
	"""Somebody else changed the same chain at the same moment; a reload shows what it is now."""


class ChainClosedError(frappe.ValidationError):
	"""The chain is closed: nothing is planned in it until it is reopened (R19)."""


class NeedsConfirmationError(frappe.ValidationError):
	"""What was asked for goes further than it looks; the caller says that it is meant."""


class BookedError(frappe.ValidationError):
	"""The resource can't be had at that time: another activity has it, or it isn't bookable then (R14)."""
