"""The activities' own documents, with their tables, limited to what the user may read; a few queries for each type."""

from itertools import groupby
from operator import itemgetter

import frappe
from frappe.model import get_permitted_fields
from frappe.utils import create_batch

from crm_interactions.insight.dossier import values
from crm_interactions.insight.dossier.files import BATCH, Document
from crm_interactions.journal import app_sources

CONTACT = "Contact"
PARTICIPANTS, PRODUCTS, ENTRIES = (
	*("Interaction Participant", "Interaction Product"),
	"Interaction Dictionary Entry",
)
# table of the app's activities → its columns
TABLES = {
	PARTICIPANTS: ("participant_type", "participant", "full_name", "email", "phone", "side", "attended"),
	PRODUCTS: ("product", "quantity", "amount", "notes"),
	ENTRIES: ("dictionary", "value"),
}


def read_documents(wanted: list[Document]) -> dict[Document, dict]:
	"""Return the fields that a dossier shows of documents, by type and name, without those that the user may not read.

	Documents of the app have their rows of `TABLES` by the names of these.
	"""
	found: dict[Document, dict] = {}
	for doctype, of_type in groupby(sorted(wanted), key=itemgetter(0)):
		names = [name for _doctype, name in of_type]
		columns = _columns(doctype)
		for batch in create_batch(names, BATCH):
			rows = frappe.get_list(
				doctype, filters={"name": ("in", batch)}, fields=columns, limit_page_length=0
			)
			found |= {(doctype, row.name): row for row in rows}
		if doctype in app_sources.DOCTYPES:
			_add_tables(doctype, found)
	return found


def read_contacts(names: set[str]) -> dict[str, dict]:
	"""Return name, address and number of contacts by their names; readers of an activity see them, as on its form."""
	fields = ["name", "full_name", "email_id", "mobile_no", "phone"]
	rows = frappe.get_all(CONTACT, {"name": ("in", sorted(names) or [""])}, fields, order_by=None)
	return {row.name: row for row in rows}


def _columns(doctype: str) -> list[str]:
	fields = [*values.list_fields(doctype), *values.list_texts(doctype)]
	columns = values.list_columns(doctype, fields)
	if doctype in app_sources.DOCTYPES:
		readable = get_permitted_fields(doctype)
		columns += [name for name in ("contact", "status", "source_type", "source") if name in readable]
	return columns


def _add_tables(doctype: str, documents: dict[Document, dict]) -> None:
	meta, names = frappe.get_meta(doctype), [name for kind, name in documents if kind == doctype]
	levels = {0, *meta.get_permlevel_access("read")}
	for df in meta.get_table_fields():
		if df.options not in TABLES or df.permlevel not in levels:
			continue
		readable = get_permitted_fields(df.options, parenttype=doctype)
		columns = ["parent", *(column for column in TABLES[df.options] if column in readable)]
		for batch in create_batch(names, BATCH):
			about = {"parenttype": doctype, "parentfield": df.fieldname, "parent": ("in", batch)}
			# the user may read the documents that the rows belong to
			for row in frappe.get_all(df.options, about, columns, order_by="idx asc"):
				documents[doctype, row.parent].setdefault(df.options, []).append(row)
