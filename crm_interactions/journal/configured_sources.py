"""Sources that administrators describe in the settings by choosing fields, and the check of what they chose."""

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold
from crm_interactions.journal import app_sources
from crm_interactions.journal.source import Source

# field of the row → kinds of field that it may name
KINDS = {
	"date_field": ("Date", "Datetime"),
	"title_field": ("Data", "Small Text", "Text", "Link", "Dynamic Link", "Select", "Text Editor"),
	"party_type_field": ("Link", "Select"),
	"party_field": ("Link", "Dynamic Link"),
	"responsible_field": ("Link",),
	"status_field": ("Select", "Link", "Data"),
}


def source_of(row) -> Source:
	"""Return the source that a row of the settings describes."""
	return Source(
		doctype=row.document_type,
		date=_given(row.date_field),
		title=_given(row.title_field) or _given(frappe.get_meta(row.document_type).title_field),
		party=_party(row),
		responsible=_given(row.responsible_field),
		status=row.status_field or None,
		planned=frozenset(lines(row.planned_values)),
		cancelled=frozenset(lines(row.cancelled_values)),
		origins=tuple(_origin(row.document_type, fieldname) for fieldname in lines(row.origin_fields)),
	)


def validate(row) -> None:
	"""Refuse a row that names fields that aren't there or are of a kind that makes no sense.

	Raises: ValidationError naming field and row.
	"""
	meta = frappe.get_meta(row.document_type)
	if meta.istable or meta.issingle or meta.get("is_virtual"):
		_refuse(row, _("{0} has no documents of its own in a table.").format(bold(_(row.document_type))))
	if row.document_type in app_sources.DOCTYPES or meta.module == "CRM Interactions":
		_refuse(row, _("{0} belongs to this app and needs no row.").format(bold(_(row.document_type))))
	for setting, kinds in KINDS.items():
		if row.get(setting):
			_validate_field(row, meta, setting, row.get(setting), kinds)
	for fieldname in lines(row.origin_fields):
		_validate_field(row, meta, "origin_fields", fieldname, ("Link", "Dynamic Link"))
	if row.responsible_field and meta.get_field(row.responsible_field).options != "User":
		_refuse(row, _("{0} is no field for a user.").format(bold(row.responsible_field)))


def lines(text: str | None) -> list[str]:
	"""Return the filled lines of a text."""
	return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _given(fieldname: str | None) -> tuple[str, ...]:
	return (fieldname,) if fieldname else ()


def _party(row) -> tuple:
	if not row.party_field:
		return ()
	df = frappe.get_meta(row.document_type).get_field(row.party_field)
	if df and df.fieldtype == "Dynamic Link":
		return ((row.party_type_field or df.options, row.party_field),)
	return ((f"={df.options}", row.party_field),) if df else ()


def _origin(doctype: str, fieldname: str) -> tuple[str, str]:
	df = frappe.get_meta(doctype).get_field(fieldname)
	if not df:
		return ("=", fieldname)  # the field has gone since
	return (df.options if df.fieldtype == "Dynamic Link" else f"={df.options}", fieldname)


def _validate_field(row, meta, setting: str, fieldname: str, kinds: tuple[str, ...]) -> None:
	df = meta.get_field(fieldname)
	label = row.meta.get_label(setting)
	if not df:
		_refuse(
			row,
			_("{0}: {1} has no field {2}.").format(_(label), bold(_(row.document_type)), bold(fieldname)),
		)
	if df.fieldtype not in kinds:
		_refuse(
			row,
			_("{0}: {1} is a field of the kind {2}, which can't be used here.").format(
				_(label), bold(fieldname), _(df.fieldtype)
			),
		)


def _refuse(row, reason: str) -> None:
	frappe.throw(
		_("Row {0} of Further Activities: {1} Correct it or remove the row.").format(row.idx, reason),
		title=_("Check the Sources"),
	)
