"""Chains for concurrent requests, and their state in the database."""

import frappe

from crm_interactions.chains import summary
from tests.site.factories import interaction

ROW, CHAIN = "Activity Link", "Interaction Chain"
LOG, MOVE = "Interaction Chain Log", "Interaction Chain Move"
Activity = tuple[str, str]


def sees_the_winner() -> bool:
	"""Return whether a request that waited for another one reads the committed rows of that one, and can name them.

	Frappe's transactions on PostgreSQL read from a snapshot (REPEATABLE READ), so the request is refused instead.
	"""
	return frappe.db.db_type != "postgres"


def fresh() -> None:
	"""End the transaction and clear the caches, so that other connections' commits become visible."""
	frappe.db.rollback()
	frappe.local.document_cache = {}
	frappe.db.value_cache.clear()


def activities(count: int, **fields) -> list[Activity]:
	"""Return new interactions, committed."""
	docs = [interaction(**fields) for _ in range(count)]
	frappe.db.commit()
	return [(doc.doctype, doc.name) for doc in docs]


def chain_of(one: Activity) -> str:
	return frappe.db.get_value(ROW, {"activity_type": one[0], "activity": one[1]}, "chain")


def party_of(one: Activity) -> dict:
	return frappe.db.get_value(*one, ["party_type", "party"], as_dict=True)


def form(one: Activity, **changes) -> dict:
	"""Return all fields of an activity, as a form of the Desk saves them."""
	return {**frappe.get_doc(*one).as_dict(convert_dates_to_str=True), **changes}


def long_chain(length: int, **fields) -> tuple[str, list[Activity]]:
	"""Return a new chain of interactions and its members; all but the first are copied rows, which is much faster."""
	(first,) = activities(1, **fields)
	chain = chain_of(first)
	names = [f"{first[1]}-{number:05d}" for number in range(1, length)]
	copy_interaction(first[1], [{"name": name} for name in names])
	summary.refresh_summary(chain)
	frappe.db.commit()
	return chain, [first, *(("Interaction", name) for name in names)]


def copy_interaction(name: str, changes: list[dict]) -> None:
	"""Insert copies of an interaction and its journal row, one for each dict with a name and other changed values."""
	copy_row("Interaction", {"name": name}, changes)
	rows = [{**new, "name": frappe.generate_hash(length=12), "activity": new["name"]} for new in changes]
	copy_row(ROW, {"activity_type": "Interaction", "activity": name}, rows)


def copies(doctype: str, name: str, length: int) -> list[str]:
	"""Copy a document's row `length` times and return the new names."""
	names = [f"{name}-{number:05d}" for number in range(1, length + 1)]
	copy_row(doctype, {"name": name}, [{"name": new} for new in names])
	return names


def rows(**filters) -> list:
	return frappe.get_all(ROW, filters, ["*"], order_by="name", limit_page_length=0)


def documents(chain: str) -> list:
	fields = ["name", "chain", "subject_type", "subject", "modified"]
	return frappe.get_all("Interaction", {"chain": chain}, fields, order_by="name", limit_page_length=0)


def logged(chain: str, action: str) -> list[str]:
	return frappe.get_all(LOG, {"chain": chain, "action": action}, pluck="name", order_by="name")


def picture(*chains: str) -> dict:
	"""Return the chains with their rows, documents, log rows and number of moves."""
	seen = {("in", chain): (rows(chain=chain), documents(chain)) for chain in chains}
	for chain in chains:
		# a killed process may still lock the chain; its uncommitted changes are invisible here
		seen[chain] = frappe.db.get_value(CHAIN, chain, "*", as_dict=True)
	log = frappe.get_all(LOG, {"chain": ("in", chains)}, ["*"], order_by="name", limit_page_length=0)
	moves = frappe.db.count(MOVE, {"log": ("in", [row.name for row in log] or [""])})
	return {**seen, "log": log, "moves": moves}


def settle(*chains: str) -> None:
	"""Wait until no transaction locks these chains, not even that of a killed process."""
	fresh()
	for chain in sorted(chains):
		frappe.db.get_value(CHAIN, chain, "name", for_update=True)
	fresh()


def copy_row(doctype: str, of: dict, changes: list[dict]) -> None:
	"""Insert copies of the row that matches `of`, one for each dict of changed values."""
	known = frappe.db.get_value(doctype, of, "*", as_dict=True)
	frappe.db.bulk_insert(doctype, list(known), [tuple({**known, **change}.values()) for change in changes])
