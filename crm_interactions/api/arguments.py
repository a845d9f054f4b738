"""Checks of the arguments of `api/` methods, so that invalid requests get a clear message."""

import inspect
from functools import wraps
from typing import Annotated, get_args, get_type_hints

import frappe
from frappe import _

from crm_interactions.activities import period
from crm_interactions.api.conditions import check_condition
from crm_interactions.chains import locks
from crm_interactions.chains.feed import Feed
from crm_interactions.controllers import validation
from crm_interactions.platform.write_turn import take_turn

MOST_CONDITIONS = 100
# the annotation of an argument that holds free text or JSON; all other strings are names, dates or choices
Text = Annotated[str, "free text or JSON"]


def checked(method):
	"""Decorate a whitelisted method: refuse values that can't be stored, and let POST requests take turns on SQLite.

	A text must be a possible name (at most 140 characters, no < or >), unless its argument is annotated as `Text`, a
	list or an object. Types are left to Frappe, and values aren't converted. On SQLite, a POST request becomes the only
	writer before the method reads (`write_turn.take_turn`); other databases take no lock here.

	Raises: ValidationError naming the argument; TypeError for an unknown argument; ChangedMeanwhileError after a
		deadlock or lock timeout in the method.
	"""
	signature = inspect.signature(method)
	free = {name for name, hint in get_type_hints(method, include_extras=True).items() if _is_free(hint)}

	@locks.explain_save_conflicts
	@wraps(method)
	def wrapper(*args, **kwargs):
		for name, value in signature.bind_partial(*args, **kwargs).arguments.items():
			if not _suits(value, is_free=name in free):
				validation.refuse(name)
		if frappe.request and frappe.request.method == "POST":
			take_turn()
		return method(*args, **kwargs)

	return wrapper


def names(value: str | list | None, what: str) -> list[str]:
	"""Return names sent as a list, as a JSON list or as one name; [] for an empty value. `what` labels the message.

	Raises: ValidationError for anything else, and for a name that no document can have (`validation.is_name`).
	"""
	is_json = isinstance(value, str) and value.lstrip().startswith("[")
	found = (validation.parse_json(value, what) if is_json else value) or []
	found = [found] if isinstance(found, str) else found
	if not (
		isinstance(found, list) and all(isinstance(name, str) and validation.is_name(name) for name in found)
	):
		frappe.throw(
			_("{0} is not a list of names. Send a list of valid names.").format(validation.bold(what))
		)
	return found


def conditions(value, doctype: str) -> list[list]:
	"""Return list filters as [document type, field, operator, value] conditions that Frappe can answer; [] for none.

	Args:
		value: a list of conditions, or an object of field → value or field → [operator, value]; also as JSON.
		doctype: document type of the list; conditions may also name its child tables.

	Raises: ValidationError for anything else, and for more than `MOST_CONDITIONS`.
	"""
	found = validation.parse_json(value, "filters") or []
	if isinstance(found, dict):
		found = [
			[field, *(asked if isinstance(asked, list) else ("=", asked))] for field, asked in found.items()
		]
	if not isinstance(found, list):
		frappe.throw(
			_("{0} is not a list of conditions or an object. Send one of these.").format(
				validation.bold("filters")
			)
		)
	if len(found) > MOST_CONDITIONS:
		frappe.throw(
			_("There are more than {0} conditions. Send fewer.").format(MOST_CONDITIONS),
			title=_("Check the Filters"),
		)
	return [check_condition(row, doctype) for row in found]


def moment(value: str, what: str):
	"""Return the datetime, in the site's time zone, of a text such as 2026-03-31 14:30:00; a date alone means midnight.

	Raises: ValidationError naming `what`, for a text in another format (`period.parse_value`).
	"""
	return period.parse_value(frappe._dict(fieldtype="Datetime", label=what), value)


def feed(value: str | dict | None) -> Feed | None:
	"""Return the limits of a feed, sent as an object, which may be empty, or as JSON; None without one.

	Raises: ValidationError for anything else.
	"""
	if value is None or value == "":
		return None
	found = validation.parse_json(value, "feed") or {}
	if not isinstance(found, dict) or not all(isinstance(part, str) for part in found.values()):
		validation.refuse("feed")
	return Feed(
		text=found.get("text", "").strip()[: validation.LONGEST_LINE],
		responsible=found.get("responsible", ""),
		**{limit: moment(found[limit], limit) for limit in ("since", "until") if found.get(limit)},
	)


def _is_free(hint) -> bool:
	"""Return whether an annotation allows free text or JSON: `Text`, a list or an object."""
	return any(part in (Text, list, dict) for part in (hint, *get_args(hint)))


def _suits(value, *, is_free: bool) -> bool:
	if isinstance(value, int | float):
		return abs(value) <= validation.LARGEST_INT
	if isinstance(value, str) and not is_free:
		return validation.is_name(value)
	return validation.is_plain(value)
