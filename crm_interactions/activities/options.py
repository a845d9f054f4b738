"""Functional options: kinds of activity that an administrator switched off can't be created and aren't offered (R4)."""

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold
from crm_interactions.exceptions import OptionOffError

# medium of an Interaction Type → its option; "Other" has none and is always on
OPTION_OF_MEDIUM = {
	"Phone Call": "enable_calls",
	"Meeting": "enable_meetings",
	"E-mail": "enable_email",
	"SMS": "enable_sms",
	"Planned": "enable_planned",
}

SETTINGS = "CRM Interactions Settings"


def settings():
	return frappe.get_cached_doc(SETTINGS)


def is_on(option: str) -> bool:
	return bool(settings().get(option))


def meta_of(doctype: str | None):
	"""Return the meta of a document type; None, without a message, if it is blank or no longer exists."""
	logged = len(frappe.local.message_log)
	try:
		return frappe.get_meta(doctype) if doctype else None
	except frappe.DoesNotExistError:
		del frappe.local.message_log[logged:]
		return None


def media_switched_off() -> list[str]:
	return [medium for medium, option in OPTION_OF_MEDIUM.items() if not is_on(option)]


def doctypes_switched_off() -> list[str]:
	"""Return Meeting if meetings are off; no other DocType has an option."""
	return [] if is_on("enable_meetings") else ["Meeting"]


def validate(doc) -> None:
	"""Raise OptionOffError for a new activity, or a newly chosen type, whose option is off; existing records pass."""
	if doc.is_new() and doc.doctype in doctypes_switched_off():
		refuse(_("Meetings"))
	if (
		doc.meta.has_field("interaction_type")
		and doc.interaction_type
		and doc.has_value_changed("interaction_type")
	):
		medium = frappe.get_cached_value("Interaction Type", doc.interaction_type, "medium")
		if medium in media_switched_off():
			refuse(_(doc.interaction_type))


def refuse(what: str) -> None:
	"""Raise OptionOffError for a kind of activity, given as translated text."""
	frappe.throw(
		_("{0} is switched off. An administrator can switch it on in {1}.").format(
			bold(what), bold(_(SETTINGS))
		),
		OptionOffError,
		title=_("Switched Off"),
	)
