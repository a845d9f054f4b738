"""Dictionaries: a disabled value can't be newly chosen but stays on existing records (R11)."""

import frappe
from frappe import _

from crm_interactions.activities import former_id, options
from crm_interactions.controllers.validation import bold, former_version, is_newly_chosen
from crm_interactions.exceptions import DisabledValueError

DICTIONARIES = ("Interaction Type", "Interaction Priority", "Interaction Category", "Interaction Outcome")
MEETING = "Meeting"  # the DocType, and the medium of its types


def set_type(doc) -> None:
	"""Fill the blank type of a Meeting with the first enabled type of this medium; without one, it stays blank."""
	if doc.doctype == MEETING and not doc.interaction_type:
		doc.interaction_type = find_meeting_type()


def find_meeting_type() -> str | None:
	"""Return the name of the oldest enabled Interaction Type with the medium Meeting, or None."""
	types = {"medium": MEETING, "disabled": 0}
	return frappe.db.get_value("Interaction Type", types, order_by="creation asc, name asc")


def set_defaults(doc) -> None:
	"""Fill a blank priority from the settings, if enabled; direction and, without an end, duration from the type.

	An imported activity of another CRM stays without them: nothing is known beyond its file.
	"""
	if not doc.meta.has_field("interaction_type") or doc.get(former_id.FIELD):
		return
	if not doc.priority:
		doc.priority = find_enabled("Interaction Priority", options.settings().default_priority)
	if doc.interaction_type and frappe.db.exists("Interaction Type", doc.interaction_type):
		kind = frappe.get_cached_doc("Interaction Type", doc.interaction_type)
		doc.direction = doc.direction or kind.default_direction
		# a telephone system states the length of a call, or that it had none
		if not doc.duration and not doc.ends_on and not doc.flags.is_measured:
			doc.duration = kind.default_duration


def validate(doc) -> None:
	"""Check newly chosen values, and fill blank dictionaries of rows; missing values are left to Frappe.

	Raises: DisabledValueError for a disabled value or dictionary; ValidationError for a row with a value of another
		dictionary, a repeated value, or a second one of a dictionary that allows only one.
	"""
	for df in doc.meta.get_link_fields():
		value = doc.get(df.fieldname)
		if df.options not in DICTIONARIES or not value or not is_newly_chosen(doc, df.fieldname):
			continue
		if frappe.get_cached_value(df.options, value, "disabled"):
			_refuse_disabled(_(df.label), value)
	if doc.meta.has_field("dictionary_values"):
		_validate_entries(doc)


def _validate_entries(doc) -> None:
	before = former_version(doc)
	known = {row.value for row in before.dictionary_values} if before else set()
	seen: dict[str, set[str]] = {}
	for row in doc.dictionary_values:
		value = frappe.db.get_value(
			"Interaction Dictionary Value", row.value, ["dictionary", "disabled"], as_dict=True
		)
		if not value:
			continue  # Frappe's link check reports the missing value
		_validate_entry(
			row, value, is_new=row.value not in known, seen=seen.setdefault(value.dictionary, set())
		)


def _validate_entry(row, value, is_new: bool, seen: set[str]) -> None:
	row.dictionary = row.dictionary or value.dictionary
	if row.dictionary != value.dictionary:
		frappe.throw(
			_("Row {0}: {1} is a value of {2}, not of {3}. Choose a value of {3}.").format(
				row.idx, bold(row.value), bold(value.dictionary), bold(row.dictionary)
			),
			title=_("Wrong Dictionary"),
		)
	dictionary = frappe.get_cached_doc("Interaction Dictionary", value.dictionary)
	if is_new and (value.disabled or dictionary.disabled):
		_refuse_disabled(row.dictionary, row.value)
	if row.value in seen or (seen and not dictionary.multiple):
		frappe.throw(
			_("Row {0}: {1} already has a value. Remove one of the rows.").format(
				row.idx, bold(row.dictionary)
			),
			title=_("Entered Twice"),
		)
	seen.add(row.value)


def find_enabled(doctype: str, name: str | None) -> str | None:
	"""Return a dictionary value's name, or None if it is blank or disabled; unknown names are returned."""
	return name if name and not frappe.get_cached_value(doctype, name, "disabled") else None


def _refuse_disabled(label: str, value: str) -> None:
	frappe.throw(
		_("{0} {1} is disabled. Choose another value.").format(label, bold(_(value))),
		DisabledValueError,
		title=_("Disabled"),
	)
