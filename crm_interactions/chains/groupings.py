"""What the chains of a report can be grouped by; groupings that the site can't have aren't offered."""

from collections.abc import Callable
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.query_builder import Case
from frappe.query_builder.functions import Coalesce, NullIf
from frappe.query_builder.terms import SubQuery
from frappe.utils import get_fullname

from crm_interactions.activities import options
from crm_interactions.journal.writer import ROW
from crm_interactions.parties.partners import party_types

DICTIONARY, VALUE = "Interaction Dictionary", "Interaction Dictionary Value"
ENTRY = "Interaction Dictionary Entry"
# start of the keys of dictionaries, and what the settings call them
OF_DICTIONARY, DICTIONARY_LABEL = "dictionary:", "Dictionary"
CAMPAIGNS = ("Campaign", "UTM Campaign")
# grouping → fields of partners, in order of preference
OF_PARTNER = {
	"territory": ("territory",),
	"customer_group": ("customer_group",),
	"lead_source": ("source", "utm_source"),
}


@dataclass(frozen=True)
class Grouping:
	"""A way to group chains.

	Args:
		key: the value of the report's filter.
		label: its English label.
		extend: (query, chain table, `First`) → the query with further joins, and the column of the group.
		show: value → label of a group, translated; never called with a blank value.
	"""

	key: str
	label: str
	extend: Callable
	show: Callable[[str], str] = str

	def label_of(self, value: str | None) -> str:
		"""Return the label of a group, also of an unknown one."""
		return self.show(value) if value else _("Not Set")


def find(label: str | None, dictionary: str | None = None) -> Grouping | None:
	"""Return a grouping by its English label, that by category for none; None for one that the site can't have.

	Args:
		dictionary: the dictionary, if the label is `DICTIONARY_LABEL`.
	"""
	default = _by_category()
	if label in (None, "", default.label):
		return default
	known = list_groupings()
	if label == DICTIONARY_LABEL:
		return known.get(f"{OF_DICTIONARY}{dictionary}")
	return next((one for one in known.values() if one.label == label and OF_DICTIONARY not in one.key), None)


def list_groupings() -> dict[str, Grouping]:
	"""Return the groupings of this site by key, in the order of the filter; dictionaries come last, by their name."""
	found = [
		_by_category(),
		Grouping("first_type", "Type of First Activity", _extend_with_type, show=_),
		_of_first("first_direction", "Direction of First Activity", "direction", show=_),
		Grouping(
			"responsible", "Responsible", lambda query, chain, first: (query, chain.responsible), get_fullname
		),
		Grouping("subject_type", "Subject Type", lambda query, chain, first: (query, chain.subject_type), _),
	]
	if frappe.get_meta(ROW).has_field("company"):
		found.append(_of_first("company", "Company", "company"))
	labels = {"territory": "Territory", "customer_group": "Customer Group", "lead_source": "Lead Source"}
	found += [_of_partner(key, label) for key, label in labels.items() if _partner_fields(OF_PARTNER[key])]
	if frappe.get_meta("Interaction").has_field("campaign"):
		found.append(Grouping("campaign", "Campaign", _extend_with_campaign))
	for name in frappe.get_all(DICTIONARY, {"disabled": 0}, pluck="name", order_by="name"):
		found.append(_of_dictionary(name))
	return {grouping.key: grouping for grouping in found}


class First:
	"""The first activity of a chain, the earliest one that isn't cancelled, in a query over the table of chains."""

	def __init__(self, chain):
		self.chain = chain

	def value(self, column_of: Callable):
		"""Return a value of the first activity, None if blank, as an expression; `column_of` makes it from the table of rows.

		For a single value, this is faster than the joined row, as MariaDB looks for that twice.
		"""
		row = frappe.qb.DocType(ROW).as_("first_row")
		query = frappe.qb.from_(row).select(NullIf(column_of(row), ""))
		query = query.where((row.chain == self.chain.name) & (row.status != "Cancelled"))
		for column in (row.activity_date, row.creation, row.name):
			query = query.orderby(column)
		return query.limit(1)

	@property
	def name(self):
		"""The name of its row in the journal, to be compared."""
		return SubQuery(self.value(lambda row: row.name))

	def join(self, query):
		"""Return the query with the row joined, and the table."""
		row = frappe.qb.DocType(ROW).as_("joined_row")
		return query.left_join(row).on(row.name == self.name), row


def _by_category() -> Grouping:
	return _of_first("category", "Category", "category", show=_)


def _of_first(key: str, label: str, column: str, show: Callable = str) -> Grouping:
	return Grouping(
		key, label, lambda query, chain, first: (query, first.value(lambda row: row[column])), show
	)


def _extend_with_type(query, chain, first):
	"""Documents of other apps have no type, so that their document type stands for it."""
	return query, first.value(lambda row: Coalesce(row.interaction_type, row.activity_type))


def _of_partner(key: str, label: str) -> Grouping:
	def extend(query, chain, first):
		columns = []
		for doctype, field in _partner_fields(OF_PARTNER[key]):
			partner = frappe.qb.DocType(doctype)
			query = query.left_join(partner).on((chain.party_type == doctype) & (partner.name == chain.party))
			columns.append(partner[field])
		return query, Coalesce(*columns)

	return Grouping(key, label, extend)


def _partner_fields(fields: tuple[str, ...]) -> list[tuple[str, str]]:
	"""Return (partner type, field) of the types with one of the fields, readable by all who may read the partner."""
	found = []
	for doctype in party_types():
		meta = options.meta_of(doctype)
		known = (meta.get_field(field) for field in fields) if meta else ()
		if df := next((df for df in known if df and not df.permlevel), None):
			found.append((doctype, df.fieldname))
	return found


def _extend_with_campaign(query, chain, first):
	"""The campaign is the subject, else that of the first activity."""
	columns = [Case().when(chain.subject_type.isin(CAMPAIGNS), chain.subject)]
	query, row = first.join(query)
	for doctype in ("Interaction", "Meeting"):
		document = frappe.qb.DocType(doctype)
		query = query.left_join(document).on((row.activity_type == doctype) & (document.name == row.activity))
		columns.append(document.campaign)
	return query, Coalesce(*columns)


def _of_dictionary(name: str) -> Grouping:
	def extend(query, chain, first):
		entry = frappe.qb.DocType(ENTRY)
		query = query.left_join(entry).on(
			(entry.parenttype == ROW) & (entry.parent == first.name) & (entry.dictionary == name)
		)
		return query, entry.value

	def show(value: str) -> str:
		return _(frappe.get_cached_value(VALUE, value, "value") or value)

	return Grouping(f"{OF_DICTIONARY}{name}", name, extend, show)
