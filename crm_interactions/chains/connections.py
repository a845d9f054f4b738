"""Connections of forms: the app's lists that Frappe's form dashboard opens and counts for a document (R2)."""

import frappe

from crm_interactions.activities import options
from crm_interactions.chains import related
from crm_interactions.controllers import validation
from crm_interactions.journal import app_sources
from crm_interactions.parties import partners

MODULE, CHAIN = "CRM Interactions", "Interaction Chain"
ITEMS = (*app_sources.DOCTYPES, CHAIN)
# as many as the dashboard counts: it shows 99+ for more
MOST, UNKNOWN = 100, "?"
PARTY, SUBJECT = ("party", "party_type"), ("subject", "subject_type")


def list_connections() -> dict[str, dict]:
	"""Return document type → `items`, their `field` that names its documents, and the `type_field` beside it, if any.

	It covers types of partners and subjects, and related types that a link field of an activity names.
	"""
	found = dict.fromkeys(partners.subject_types(), SUBJECT)
	found |= {doctype: (field, None) for doctype, field in _linked_types().items()}
	found |= dict.fromkeys(partners.party_types(), PARTY)
	return {
		doctype: {"items": items, "field": field, "type_field": type_field}
		for doctype, (field, type_field) in found.items()
		if (items := [item for item in ITEMS if frappe.get_meta(item).has_field(field)])
	}


def split_items(doctype: str, items: list[str] | None) -> tuple[list[str], list[str]]:
	"""Return the items of a form dashboard that Frappe counts, and those of the app, whose rows have their own rules.

	Frappe also keeps links that the document itself holds.

	Args: `items` is None for all that the dashboard has.

	Raises: ValidationError for a type without a link to the document.
	"""
	dashboard = frappe.get_meta(doctype).get_dashboard_data()
	known = _items_of(dashboard)
	items = known if items is None else items
	held = {**(dashboard.internal_links or {}), **(dashboard.internal_and_external_links or {})}
	own = [item for item in items if _is_own(item) and item not in held]
	others = [item for item in items if item not in own]
	# scripts of other apps add items on the form
	if not all(item in held or item in known or _has_link(item, dashboard) for item in others):
		validation.refuse("items")
	return others, own


def count(doctype: str, name: str, item: str) -> int | str:
	"""Return how many documents of the app's type `item` the user can read of those that a document connects, at most `MOST`.

	"?" after a second, as Frappe's own counts of a dashboard.
	"""
	filters = _filters(doctype, name, item)
	if not filters or not frappe.has_permission(item, "read"):
		return 0
	try:
		return len(frappe.get_list(item, filters, pluck="name", order_by=None, limit=MOST))
	except Exception as error:
		# Frappe 16 reads the arguments of any error
		if error.args and frappe.db.is_statement_timeout(error):
			return UNKNOWN
		raise


def _is_own(doctype: str) -> bool:
	return frappe.db.get_value("DocType", doctype, "module", cache=True) == MODULE


def _has_link(item: str, dashboard) -> bool:
	"""Return whether a document type or a table of it has the field by which the dashboard finds its documents."""
	meta, field = options.meta_of(item), _field_of(item, dashboard)
	if not (meta and field) or meta.istable or meta.issingle:
		return False
	tables = [frappe.get_meta(table.options) for table in meta.get_table_fields()]
	return any(one.has_field(field) for one in (meta, *tables))


def _field_of(item: str, dashboard) -> str | None:
	return (dashboard.non_standard_fieldnames or {}).get(item, dashboard.fieldname)


def _items_of(dashboard) -> list[str]:
	return [item for group in dashboard.transactions or [] for item in group["items"]]


def _linked_types() -> dict[str, str]:
	fields = {"Contact": "contact", **related.FIELDS}
	return {
		doctype: field
		for doctype, field in fields.items()
		if any(_options(item, field) == doctype for item in ITEMS)
	}


def _options(doctype: str, field: str) -> str | None:
	df = frappe.get_meta(doctype).get_field(field)
	return df.options if df else None


def _filters(doctype: str, name: str, item: str) -> dict | None:
	"""Return the filters of an item: those of the dashboard if an administrator added it there, else the app's own."""
	dashboard = frappe.get_meta(doctype).get_dashboard_data()
	if item in _items_of(dashboard) and _has_link(item, dashboard):
		field = _field_of(item, dashboard)
		of_type = (dashboard.dynamic_links or {}).get(field)
		return {field: name, **({of_type[1]: of_type[0]} if of_type else {})}
	own = list_connections().get(doctype)
	if not own or item not in own["items"]:
		return None
	return {own["field"]: name, **({own["type_field"]: doctype} if own["type_field"] else {})}
