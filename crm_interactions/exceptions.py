"""The app's exceptions, all subclasses of Frappe's ValidationError, so that its handlers catch them."""

import frappe


class CompletedError(frappe.ValidationError):
	"""The activity is completed and therefore read-only (R9)."""


class OptionOffError(frappe.ValidationError):
	"""The functional option for the request is switched off (R4)."""


class PartyTypeError(frappe.ValidationError):
	"""The document type isn't a configured partner or subject type, or can't be a participant."""


class ContactMismatchError(frappe.ValidationError):
	"""The contact person does not belong to the chosen partner, or none is chosen yet (R6)."""


class DisabledValueError(frappe.ValidationError):
	"""A disabled dictionary value was newly chosen (R11)."""


class ChangedMeanwhileError(frappe.ValidationError):
	"""Another request changed the same data at the same time; reload to see the current version."""


class ChainClosedError(frappe.ValidationError):
	"""The chain is closed; nothing can be planned in it until it is reopened (R19)."""


class NeedsConfirmationError(frappe.ValidationError):
	"""The request has further effects, which the caller must confirm."""


class BookedError(frappe.ValidationError):
	"""The resource is booked by another activity, or not bookable at that time (R14)."""
