"""Sources that administrators configure in the settings by choosing fields, and the validation of these rows."""

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold
from crm_interactions.journal import app_sources
from crm_interactions.journal.field_guesses import KINDS, ORIGIN_KINDS
from crm_interactions.journal.source import Source


def build_source(row) -> Source:
	"""Build the Source of a settings row, unchecked, even if disabled; the default topic is the type's title field."""
	return Source(
		doctype=row.document_type,
		date=_fields(row.date_field),
		title=_fields(row.title_field) or _fields(frappe.get_meta(row.document_type).title_field),
		party=_party(row),
		responsible=_fields(row.responsible_field),
		status=row.status_field or None,
		direction=row.direction or "",
		planned=frozenset(split_lines(row.planned_values)),
		cancelled=frozenset(split_lines(row.cancelled_values)),
		origins=tuple(_origin(row.document_type, fieldname) for fieldname in split_lines(row.origin_fields)),
	)


def validate(row) -> None:
	"""Check that a row of the settings names another app's type with documents of its own, and suitable fields or none.

	Raises: ValidationError naming the row and the unsuitable type or field; DoesNotExistError for an unknown type.
	"""
	if problem := find_problem(row):
		frappe.throw(
			_("Row {0} of Further Activities: {1} Correct or remove the row.").format(row.idx, problem),
			title=_("Check the Sources"),
		)


def find_problem(row) -> str | None:
	"""Return why a row of the settings can't be used, as a sentence; None if it can.

	Raises: DoesNotExistError for an unknown document type.
	"""
	meta = frappe.get_meta(row.document_type)
	if problem := type_problem(meta):
		return problem
	named = [(setting, row.get(setting), kinds) for setting, kinds in KINDS.items() if row.get(setting)]
	named += [("origin_fields", fieldname, ORIGIN_KINDS) for fieldname in split_lines(row.origin_fields)]
	for setting, fieldname, kinds in named:
		if problem := field_problem(meta, row.meta.get_label(setting), fieldname, kinds):
			return problem
	if row.responsible_field and meta.get_field(row.responsible_field).options != "User":
		return _("{0} doesn't link to a user.").format(bold(row.responsible_field))
	return None


def type_problem(meta) -> str | None:
	"""Return why a document type can't be registered, as a sentence; None if it can."""
	if meta.istable or meta.issingle or meta.get("is_virtual"):
		return _("{0} has no documents of its own.").format(bold(_(meta.name)))
	if meta.name in app_sources.DOCTYPES or meta.module == "CRM Interactions":
		return _("{0} belongs to this app and needs no row here.").format(bold(_(meta.name)))
	return None


def field_problem(meta, label: str, fieldname: str, kinds: tuple[str, ...]) -> str | None:
	"""Return why a setting can't name a field of a document type, as a sentence; None if it can.

	Args:
		label: label of the setting.
		kinds: types of the fields that it may name.
	"""
	df = meta.get_field(fieldname)
	if not df:
		return _("{0}: {1} has no field {2}.").format(_(label), bold(_(meta.name)), bold(fieldname))
	if df.fieldtype not in kinds:
		return _("{0}: {1} is a field of type {2}, which can't be used here.").format(
			_(label), bold(fieldname), _(df.fieldtype)
		)
	return None


def split_lines(text: str | None) -> list[str]:
	"""Return the non-empty lines of a text, stripped."""
	return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _fields(fieldname: str | None) -> tuple[str, ...]:
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
		return ("=", fieldname)  # the field no longer exists
	return (df.options if df.fieldtype == "Dynamic Link" else f"={df.options}", fieldname)
