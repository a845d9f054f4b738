"""The line on the form of a partner or another document (R27, B4).

It tells the last contact, and how many chains are open, at our turn, won of decided, and slow.

Partners have the chains that name them, other documents those with an activity that concerns them. A further piece of the
line needs an entry in `FIGURES`, and one in `public/js/logic/partner_line.js`.
"""

import frappe
from frappe.query_builder import Order
from frappe.query_builder.functions import Max
from frappe.utils import get_datetime
from pypika.terms import Criterion

from crm_interactions.chains import related
from crm_interactions.chains.locks import CHAIN
from crm_interactions.chains.results import LOST, WON
from crm_interactions.chains.turn import OURS
from crm_interactions.insight import visible
from crm_interactions.insight.sql import count_if
from crm_interactions.journal.writer import ROW

# figure → condition of its chains, which aren't merged ones
FIGURES = {
	"open": lambda chain: chain.status == "Open",
	"ours": lambda chain: (chain.status == "Open") & (chain.turn == OURS),
	"won": lambda chain: chain.result == WON,
	"decided": lambda chain: chain.result.isin((WON, LOST)),
	"slow": lambda chain: chain.slow == 1,
}


def of_partner(whom: list[related.Partner]) -> dict | None:
	"""Return the line of a partner and the ones that it was made from, over what the user may read; None if it's empty.

	Returns: `last_contact`, the time of the last activity that took place, or None; and the numbers of `FIGURES`.
	"""
	return _describe(related.are_with(whom), _are_of(whom))


def of_document(doctype: str, name: str) -> dict | None:
	"""Return the line of another document, such as a contact, as `of_partner`."""
	return _describe(related.concern(doctype, name), _concern(doctype, name))


def list_of_partner(whom: list[related.Partner], figure: str, most: int) -> list[str]:
	"""Return the names of up to `most` chains behind a number of `of_partner`, the latest first; none for another figure."""
	return _list(_are_of(whom), figure, most)


def list_of_document(doctype: str, name: str, figure: str, most: int) -> list[str]:
	"""Return the names of up to `most` chains behind a number of `of_document`, as `list_of_partner`."""
	return _list(_concern(doctype, name), figure, most)


def _are_of(whom: list[related.Partner]) -> Criterion:
	chain = frappe.qb.DocType(CHAIN)
	return Criterion.any([(chain.party_type == kind) & (chain.party == name) for kind, name in whom])


def _concern(doctype: str, name: str) -> Criterion:
	"""Return the condition of the chains with a readable activity that concerns a document."""
	row = frappe.qb.DocType(ROW)
	chains = visible.limit_rows(frappe.qb.from_(row).where(related.concern(doctype, name))).select(row.chain)
	return frappe.qb.DocType(CHAIN).name.isin(chains)


def _describe(rows: Criterion, chains: Criterion) -> dict | None:
	row, chain = frappe.qb.DocType(ROW), frappe.qb.DocType(CHAIN)
	contacts = visible.limit_rows(frappe.qb.from_(row).where(rows & (row.status == "Done")))
	((last,),) = contacts.select(Max(row.activity_date)).run()
	numbers = (count_if(condition(chain)) for condition in FIGURES.values())
	(counted,) = _select(chain, chains).select(*numbers).run()
	# sums of no rows are empty, and decimal ones on MariaDB
	found = dict(zip(FIGURES, (int(number or 0) for number in counted), strict=True))
	if not last and not any(found.values()):
		return None
	# SQLite gives text
	return {"last_contact": get_datetime(last) if last else None, **found}


def _select(chain, condition: Criterion):
	return visible.limit_chains(frappe.qb.from_(chain).where((chain.status != "Merged") & condition))


def _list(condition: Criterion, figure: str, most: int) -> list[str]:
	if figure not in FIGURES:
		return []
	chain = frappe.qb.DocType(CHAIN)
	query = _select(chain, condition).where(FIGURES[figure](chain)).select(chain.name)
	for column in (chain.started_on, chain.name):
		query = query.orderby(column, order=Order.desc)
	return [name for (name,) in query.limit(most).run()]
