"""Conditions that limit the tables of a query to what the user may read, as lists do."""

import frappe
from frappe.query_builder.functions import Coalesce
from pypika.terms import NullValue

from crm_interactions.visibility import journal_rows, list_conditions
from crm_interactions.visibility.condition import Condition


def limit_chains(query):
	"""Return a query over the table of chains, without an alias, limited to the readable ones."""
	return _limit(query, list_conditions.chains_text())


def limit_rows(query):
	"""Return a query over the journal, without an alias, limited to the rows of readable activities."""
	return _limit(query, list_conditions.rows_text())


def limit_documents(query, doctype: str):
	"""Return a query over the table of a registered document type, without an alias, limited to the readable ones."""
	return _limit(query, journal_rows.documents_text(doctype))


def _limit(query, text: str):
	return query.where(Condition(text)) if text else query


def first_known(fieldname: str, *doctypes: str):
	"""Return the first value of a field among the joined tables of document types, as an expression.

	A field above level 0 isn't for all readers and counts as empty.
	"""
	found = []
	for doctype in doctypes:
		df = frappe.get_meta(doctype).get_field(fieldname)
		if df and not df.permlevel:
			found.append(frappe.qb.DocType(doctype)[fieldname])
	# SQLite takes no single value
	return Coalesce(*found, NullValue(), NullValue())
