"""The chain of a new activity: the chosen chain, that of its origin or subject, or a new one (R15)."""

from collections.abc import Iterator

import frappe
from frappe.model.naming import make_autoname
from frappe.query_builder import Order
from frappe.utils import now

from crm_interactions.chains import entry_right, locks, results, subject_results, submitted_chain, summary
from crm_interactions.journal import app_sources, dynamic_links, origins, writer

Subject = tuple[str | None, str | None]


def place_activity(doc, source, values: dict, number: str | None = None) -> tuple[dict, str | None]:
	"""Return the chain of a new activity, locked, and the name of its previous row, if any; start a chain if none fits.

	The order is: the chosen chain, those of its origins, that of a restored document before its deletion, that of its
	subject; merged chains stand for their targets, and closed ones count. The previous row is the origin's, none for a
	restored document, else the last one at or before its date. Chains without the right of entry (`entry_right`) are
	skipped, except one chosen for an activity of the app, which `submitted_chain.validate` has checked. `values` is the
	future row, which isn't written here; a new chain takes the reserved `number`.

	Raises: DoesNotExistError for an unknown chosen chain; ChangedMeanwhileError.
	"""
	chosen = _chosen_chain(doc)
	is_validated = chosen and doc.doctype in app_sources.DOCTYPES
	for chain, previous in _possible_chains(doc, source, values, chosen):
		if is_validated or entry_right.may_enter(chain["name"], doc):
			return chain, previous
	return start_chain(values, _subject_of(doc), number), None


def _possible_chains(doc, source, values: dict, chosen: str | None) -> Iterator[tuple[dict, str | None]]:
	"""Yield the possible chains of a new activity, nearest first and locked, each with the previous row."""
	if chosen:
		chain = locks.hold_followed(chosen)
		yield chain, latest_before(chain["name"], values["activity_date"])
	for doctype, name in origins.list_origins(doc, source):
		if found := _hold_chain_of(_find_row(doctype, name)):
			yield found
	if former_chain := _former_chain(doc):
		yield locks.hold_followed(former_chain), None
	if subject_chain := _hold_chain_of_subject(_subject_of(doc)):
		yield subject_chain, latest_before(subject_chain["name"], values["activity_date"])


def reserve_numbers(count: int) -> list[str]:
	"""Take the next chain numbers from the series, which is locked until the caller commits; return them."""
	series = frappe.get_meta(locks.CHAIN).autoname
	return [make_autoname(series, locks.CHAIN) for _ in range(count)]


def start_chain(values: dict, subject: Subject = (None, None), number: str | None = None) -> dict:
	"""Insert a chain for its first activity, without a check of rights or links; return `FIELDS`, and `founded` True.

	`values` is the activity's journal row, which isn't written here, and `subject` a (type, name) pair; `number` is a
	reserved number, by default the next one of the series.
	"""
	doc = frappe.new_doc(locks.CHAIN)
	doc.update({field: values[field] for field in ("title", "party_type", "party", "responsible")})
	doc.update({"status": "Open", "subject_type": subject[0], "subject": subject[1]})
	doc.update(summary.summarise(values))
	doc.update(results.values_of(subject_results.read(*subject), now(), from_subject=True))
	doc.flags.by_server = True
	# the links were checked when the activity was saved
	doc.flags.ignore_links = True
	doc.flags.ignore_mandatory = True
	# permission to record the activity is enough
	doc.insert(ignore_permissions=True, set_name=number)
	types = {"party_type": doc.party_type, "subject_type": doc.subject_type}
	dynamic_links.announce_types(locks.CHAIN, types)
	return frappe._dict({field: doc.get(field) for field in locks.FIELDS}, founded=True)


def latest_before(chain: str, date) -> str | None:
	"""Return the name of the chain's last row, of any status, at or before a date, locked; None if there is none."""
	table = frappe.qb.DocType(writer.ROW)
	query = frappe.qb.from_(table).select(table.name)
	query = query.where((table.chain == chain) & (table.activity_date <= date))
	for field in (table.activity_date, table.creation):
		query = query.orderby(field, order=Order.desc)
	found = query.limit(1).for_update().run()
	return found[0][0] if found else None


def _hold_chain_of(row: dict | None) -> tuple[dict, str] | None:
	"""Lock and return the current chain of a row, with the row's name; None if the row is missing."""
	if not row:
		return None
	chain = locks.hold_followed(row["chain"])
	latest = writer.find_row(row["activity_type"], row["activity"], lock=True)
	if not latest:
		return None
	if latest["chain"] != chain["name"]:
		chain = locks.hold_chain(latest["chain"])
	return chain, latest["name"]


def _chosen_chain(doc) -> str | None:
	return doc.get("chain" if doc.doctype in app_sources.DOCTYPES else submitted_chain.CHOSEN)


def _find_row(doctype: str, name: str) -> dict | None:
	rows = (writer.find_row(*key) for key in origins.iter_referenced_activities(doctype, name))
	return next(filter(None, rows), None)


def _former_chain(doc) -> str | None:
	"""Return the former chain of another app's document that is being restored."""
	if doc.doctype in app_sources.DOCTYPES or not doc.flags.came_as:
		return None  # the app's activities keep their chain; a reused name is another document's
	removed = {"action": "Delete", "activity_type": doc.doctype, "activity": doc.flags.came_as}
	return frappe.db.get_value("Interaction Chain Log", removed, "chain", order_by="creation desc")


def _hold_chain_of_subject(subject: Subject) -> dict | None:
	"""Return the chain of a subject, such as a deal, locked; None if that chain has another subject."""
	found = _find_row(*subject) if subject[1] else None
	if not found:
		return None
	chain = locks.hold_followed(found["chain"])
	return chain if not chain["subject"] or (chain["subject_type"], chain["subject"]) == subject else None


def _subject_of(doc) -> Subject:
	if doc.doctype in app_sources.DOCTYPES and doc.get("subject_type") and doc.get("subject"):
		return doc.subject_type, doc.subject
	return None, None
