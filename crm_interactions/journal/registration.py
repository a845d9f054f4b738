"""Help for administrators who register a document type: its fields with guesses, a preview, and the known types."""

import frappe
from frappe import _

from crm_interactions.activities import options
from crm_interactions.journal import app_sources, configured_sources, field_guesses, registry
from crm_interactions.journal import row as journal_row
from crm_interactions.journal.field_guesses import Field, Type

PREVIEWED = 3
MOST_VALUES = 40  # of a status; more wouldn't be read
ROW = "Interaction Source"
SETTINGS_WITH_FIELDS = (*field_guesses.WORDS, "origin_fields")


def describe(doctype: str) -> dict:
	"""Return what the dialog offers for a document type.

	Returns: `fields`, by setting the suitable ones as `value` and `label`; `guess`, by setting the guessed one, and
		`origin_fields` as a list; `states`, by status field a list of its values with the guessed `state`;
		`is_submittable`.

	Raises: ValidationError for a type that can't be registered; DoesNotExistError for an unknown one.
	"""
	meta = frappe.get_meta(doctype)
	_refuse(configured_sources.type_problem(meta))
	found = _read_type(meta)
	suitable = {setting: field_guesses.list_suitable(found, setting) for setting in SETTINGS_WITH_FIELDS}
	return {
		"fields": {setting: [_as_option(field) for field in fields] for setting, fields in suitable.items()},
		"guess": field_guesses.guess(found),
		"states": {field.fieldname: _states(doctype, field) for field in suitable["status_field"]},
		"is_submittable": found.submittable,
	}


def preview(values: dict) -> list[dict]:
	"""Return the latest documents that the user may read, up to three, as the journal would show them.

	Args:
		values: fields of a row of the settings.

	Returns: `name`, `title`, `activity_date`, `status`, `party`, `responsible` (a full name) of each; [] without
		permission to read the document type.

	Raises: ValidationError for a row that can't be saved; DoesNotExistError for an unknown document type.
	"""
	row = frappe.get_doc({**values, "doctype": ROW})
	_refuse(configured_sources.find_problem(row))
	source = configured_sources.build_source(row)
	if not frappe.has_permission(source.doctype, "read"):
		return []
	names = frappe.get_list(source.doctype, order_by="creation desc", limit=PREVIEWED, pluck="name")
	docs = [frappe.get_doc(source.doctype, name) for name in names]
	return [_as_shown(doc, source) for doc in docs if doc.has_permission("read")]


def list_known() -> list[dict]:
	"""Return the activity types of this app, of installed apps and of the settings, in this order.

	Returns: `doctype`, `app` (its title), `is_on`, and `row`, true if a row of the settings describes the type.
	"""
	configured = {row.document_type: row for row in options.settings().get("sources") or []}
	off = options.doctypes_switched_off()
	brought = [source.doctype for source in (*app_sources.SOURCES, *registry.built_in())]
	return [
		{
			"doctype": doctype,
			"app": _app_title(doctype),
			"is_on": doctype not in off and not (doctype in configured and configured[doctype].disabled),
			"row": doctype in configured,
		}
		for doctype in dict.fromkeys((*brought, *configured))
	]


def _refuse(problem: str | None) -> None:
	if problem:
		frappe.throw(
			_("{0} Choose another document type or field.").format(problem),
			title=_("Check the Document Type"),
		)


def _read_type(meta) -> Type:
	partners = [row.party_type for row in options.settings().get("party_types") or []]
	fields = tuple(
		Field(df.fieldname, df.label or "", df.fieldtype, df.options or "", bool(df.fetch_from))
		for df in meta.fields
		if not df.permlevel  # the journal doesn't read these
	)
	return Type(
		meta.name,
		fields,
		meta.title_field or "",
		bool(meta.is_submittable),
		tuple(partners),
		frozenset(registry.sources()),
	)


def _as_option(field: Field) -> dict:
	label = _(field.label) if field.label else field.fieldname
	return {"value": field.fieldname, "label": f"{label} ({field.fieldname})"}


def _states(doctype: str, field: Field) -> list[dict]:
	values = _values(doctype, field)
	return [
		{"value": value, "label": _(value), "state": field_guesses.guess_state(value)} for value in values
	]


def _values(doctype: str, field: Field) -> list[str]:
	"""Return the values of a status: the choices, or those that the user may read of linked records or documents."""
	if field.fieldtype == "Select":
		return field_guesses.split_options(field.options)
	of = field.options if field.fieldtype == "Link" else doctype
	if not options.meta_of(of) or not frappe.has_permission(of, "read"):
		return []
	if field.fieldtype == "Link":
		return frappe.get_list(of, order_by="creation asc", limit=MOST_VALUES, pluck="name")
	filters = {field.fieldname: ("is", "set")}
	found = frappe.get_list(
		of, filters, distinct=True, order_by=field.fieldname, limit=MOST_VALUES, pluck=field.fieldname
	)
	return [value for value in found if value]


def _as_shown(doc, source) -> dict:
	values = journal_row.build_values(doc, source)
	if not values["party"]:
		values |= journal_row.party_of_origin(doc, source)
	shown = {key: values[key] for key in ("title", "activity_date", "status", "party")}
	return {"name": doc.name, **shown, "responsible": frappe.utils.get_fullname(values["responsible"])}


def _app_title(doctype: str) -> str:
	meta = options.meta_of(doctype)
	app = frappe.local.module_app.get(frappe.scrub(meta.module)) if meta else None
	titles = frappe.get_hooks("app_title", app_name=app) if app else []
	return titles[0] if titles else ""
