"""Capture: mail, calls and text messages become interactions without typing (R28, B10)."""


def capture(doctype: str, name: str) -> dict | None:
	"""Return `doctype` and `name` of the Interaction or Captured Item that a document is, and create it at the first call.

	Rights of the session's user aren't checked. Each call gives the same result until a user assigns the item.

	Args:
		doctype: "Communication", "Call Log", "CRM Call Log" or "SMS Log".
		name: name of the document.

	Returns: None for a document that isn't captured; its reason is counted (Capture Refusal), except if the settings
		switch the medium off.

	Raises: DoesNotExistError; ValidationError for another document type.
	"""
	# the pure modules of this package are imported without Frappe
	from crm_interactions.capture import capturing

	return capturing.capture_document(doctype, name)
