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
