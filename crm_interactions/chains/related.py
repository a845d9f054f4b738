"""Journal rows that concern a document: a partner with its former ones, a person, a campaign or another subject.

Contact, employee and subject occur in several tables, so the names of their rows are gathered first, each by an index;
with `or`, databases read the whole journal.
"""

from functools import reduce

import frappe
from frappe.query_builder import Order
from pypika.terms import Criterion

from crm_interactions.activities import options
from crm_interactions.apps import employees
from crm_interactions.apps.former_partners import Partner, list_former_partners
from crm_interactions.apps.installed import is_installed
from crm_interactions.journal import app_sources, registry
from crm_interactions.journal.writer import ROW
from crm_interactions.parties import partners

# app → document types whose forms show activities, though their documents are neither activities nor partners
TYPES = {
	"frappe": ("Contact",),
	"erpnext": ("Employee", "Campaign", "UTM Campaign", "Sales Invoice", "Delivery Note"),
}
# document type → link field of the app's activities
FIELDS = {"Employee": "employee", "Campaign": "campaign", "UTM Campaign": "campaign"}
# document type → table of its rows, and the field of a row that names a sales order
ORDERS = {
	"Sales Invoice": ("Sales Invoice Item", "sales_order"),
	"Delivery Note": ("Delivery Note Item", "against_sales_order"),
}


def list_types() -> list[str]:
	"""Return the existing document types of `TYPES` and subject types that are neither activity nor partner types."""
	known = {*registry.sources(), *partners.party_types()}
	of_apps = [doctype for app, doctypes in TYPES.items() if is_installed(app) for doctype in doctypes]
	wanted = dict.fromkeys([*of_apps, *partners.subject_types()])
	return [doctype for doctype in wanted if doctype not in known and options.meta_of(doctype)]


def list_partners(party_type: str, party: str) -> list[Partner]:
	"""Return (type, name) of a partner and of the partners that it was made from, itself first."""
	return list(dict.fromkeys([(party_type, party), *list_former_partners(party_type, party)]))


def are_in(chain: str | None) -> Criterion:
	"""Return the condition of the journal rows of a chain."""
	return frappe.qb.DocType(ROW).chain == chain


def are_with(whom: list[Partner]) -> Criterion:
	"""Return the condition of the journal rows with one of these partners."""
	table = frappe.qb.DocType(ROW)
	return Criterion.any([(table.party_type == kind) & (table.party == name) for kind, name in whom])


def concern(doctype: str, name: str) -> Criterion:
	"""Return the condition of the journal rows that concern a document, across all partners.

	They name it as contact, participant, employee, campaign or subject; an employee also stands for their user, who is
	responsible or a participant.
	"""
	queries = [_with_subject(doctype, name)]
	if doctype == "Contact":
		queries.append(_in_column("contact", name))
	if doctype in ("Contact", "Employee"):
		queries.append(_with_participant(doctype, name))
	if doctype == "Employee" and (user := employees.find_user(name)):
		queries += [_in_column("responsible", user), _with_participant("User", user)]
	if doctype in FIELDS:
		queries += _with_field(FIELDS[doctype], doctype, name)
	found = _united(queries).as_("found")
	return frappe.qb.DocType(ROW).name.isin(frappe.qb.from_(found).select(found.name))


def find_chain(doctype: str, name: str, condition: Criterion | None) -> str | None:
	"""Return the latest chain with a row of a document's sales orders that meets `condition`, None for other documents."""
	if doctype not in ORDERS:
		return None
	item_type, field = ORDERS[doctype]
	table, item = frappe.qb.DocType(ROW), frappe.qb.DocType(item_type)
	is_row = (table.activity_type == "Sales Order") & (table.activity == item[field])
	query = frappe.qb.from_(item).join(table).on(is_row).select(table.chain)
	query = query.where((item.parenttype == doctype) & (item.parent == name))
	query = query.where(condition) if condition is not None else query
	found = query.orderby(table.activity_date, order=Order.desc).limit(1).run()
	return found[0][0] if found else None


def _in_column(column: str, value: str):
	table = frappe.qb.DocType(ROW)
	return frappe.qb.from_(table).select(table.name).where(table[column] == value)


def _with_subject(doctype: str, name: str):
	table = frappe.qb.DocType(ROW)
	return _in_column("subject", name).where(table.subject_type == doctype)


def _with_participant(doctype: str, name: str):
	table, person = frappe.qb.DocType(ROW), frappe.qb.DocType("Interaction Participant")
	is_row = (table.activity_type == person.parenttype) & (table.activity == person.parent)
	query = frappe.qb.from_(person).join(table).on(is_row).select(table.name)
	return query.where((person.participant_type == doctype) & (person.participant == name))


def _with_field(fieldname: str, doctype: str, name: str) -> list:
	"""Return queries of the app's activities whose link field names a document, for the types that have the field."""
	table = frappe.qb.DocType(ROW)
	found = []
	for activity_type in app_sources.DOCTYPES:
		df = frappe.get_meta(activity_type).get_field(fieldname)
		# a field above permission level 0 isn't for all readers of the activity
		if df and df.options == doctype and not df.permlevel:
			activity = frappe.qb.DocType(activity_type)
			is_row = (table.activity_type == activity_type) & (table.activity == activity.name)
			query = frappe.qb.from_(activity).join(table).on(is_row).select(table.name)
			found.append(query.where(activity[fieldname] == name))
	return found


def _united(queries: list):
	"""Return the union of queries."""
	first = queries[0]
	# SQLite refuses brackets around the parts of a union
	first.wrap_set_operation_queries = False
	return reduce(lambda union, query: union.union(query), queries[1:], first)
