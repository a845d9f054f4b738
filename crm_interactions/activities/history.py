"""Imported history: users and times of completion and review, which the server otherwise records itself."""

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from crm_interactions.controllers.validation import bold


def stamp(doc, flag: str, default=None) -> None:
	"""Record user and time of a newly set flag, without saving: those of an import, otherwise the present ones.

	Args:
		flag: *completed* or *reviewed*; `<flag>_by` and `<flag>_on` are set.
		default: the time, if it isn't imported; now by default.

	Raises: ValidationError for an imported time in the future.
	"""
	by, on = _fields(flag)
	if not is_imported(doc):
		doc.set(by, None)
		doc.set(on, None)
	elif doc.get(on) and get_datetime(doc.get(on)) > now_datetime():
		frappe.throw(
			_("{0} ({1}) is in the future. Correct it, or leave it blank for the time of the import.").format(
				bold(_(doc.meta.get_label(on))), doc.get_formatted(on)
			),
			title=_("Check the Time"),
		)
	doc.set(by, doc.get(by) or frappe.session.user)
	doc.set(on, doc.get(on) or default or now_datetime())


def clear(doc, flag: str) -> None:
	"""Clear user and time of a flag that isn't set, without saving; an import with one of them raises ValidationError."""
	for field in _fields(flag):
		if doc.get(field) and is_imported(doc) and doc.has_value_changed(field):
			frappe.throw(
				_("{0} is filled, but {1} isn't set. Set {1} to 1, or leave {0} blank.").format(
					*(bold(_(doc.meta.get_label(name))) for name in (field, flag))
				),
				title=_("Check the Value"),
			)
		doc.set(field, None)


def is_imported(doc) -> bool:
	"""Return whether Data Import is saving the document for a user with the right to import its type."""
	return bool(frappe.flags.in_import) and bool(frappe.has_permission(doc.doctype, "import"))


def _fields(flag: str) -> tuple[str, str]:
	return f"{flag}_by", f"{flag}_on"
