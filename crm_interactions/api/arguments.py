"""What the methods of `api/` are given: checked before they begin, so that a broken program is told so."""

import inspect
from functools import wraps

import frappe
from frappe import _

from crm_interactions.activities import period
from crm_interactions.api.conditions import checked as checked_condition
from crm_interactions.chains import locks
from crm_interactions.controllers import validation

MOST_CONDITIONS = 100
# arguments that hold text or JSON; every other text is a name, a date or a choice
FREE = {
	*("text", "txt", "reach_text", "note", "reason", "message"),
	*("next", "args", "activities", "kinds", "filters", "fields", "filter_fields", "field_map"),
}


def checked(method):
	"""Let a whitelisted method refuse arguments that no document, date or number could have, and write in its turn.

	A deadlock or a lock that takes too long is refused with a sentence, wherever in the method it happens.
	"""
	signature = inspect.signature(method)

	@locks.explain_save_conflicts
	@wraps(method)
	def wrapper(*args, **kwargs):
		for name, value in signature.bind_partial(*args, **kwargs).arguments.items():
			if not _suits(name, value):
				validation.refuse(name)
		if frappe.request and frappe.request.method == "POST":
			locks.take_turn()
		return method(*args, **kwargs)

	return wrapper


def names(value: str | list | None, what: str) -> list[str]:
	"""Return a list of names that was sent as such, as JSON, or as one name.

	Raises: ValidationError.
	"""
	is_json = isinstance(value, str) and value.lstrip().startswith("[")
	found = (validation.parse_json(value, what) if is_json else value) or []
	found = [found] if isinstance(found, str) else found
	if not (
		isinstance(found, list) and all(isinstance(name, str) and validation.is_name(name) for name in found)
	):
		frappe.throw(_("{0} has to be a list of names.").format(validation.bold(what)))
	return found


def conditions(value, doctype: str) -> list[list]:
	"""Return the filters of a list of documents, as conditions that the platform can answer.

	Args:
		value: a list of conditions, or an object of fields with a value or with operator and value; or either as JSON.
		doctype: the document type that is listed. Its tables are the only others that may be named.

	Raises: ValidationError for anything else.
	"""
	found = validation.parse_json(value, "filters") or []
	if isinstance(found, dict):
		found = [
			[field, *(asked if isinstance(asked, list) else ("=", asked))] for field, asked in found.items()
		]
	if not isinstance(found, list):
		frappe.throw(_("{0} has to be a list of conditions or an object.").format(validation.bold("filters")))
	if len(found) > MOST_CONDITIONS:
		frappe.throw(
			_("A list takes at most {0} conditions. Send fewer.").format(MOST_CONDITIONS),
			title=_("Check the Filters"),
		)
	return [checked_condition(row, doctype) for row in found]


def moment(value: str, what: str):
	"""Return the moment, in the time zone of the site, that was sent as text.

	Raises: ValidationError.
	"""
	return period.parse_value(frappe._dict(fieldtype="Datetime", label=what), value)


def _suits(name: str, value) -> bool:
	if isinstance(value, int | float):
		return abs(value) <= validation.LARGEST_INT
	if isinstance(value, str) and name not in FREE:
		return validation.is_name(value)
	return validation.is_plain(value)
