"""The chain of a new activity: a chosen one, the chain of its origin or subject, or one of its own (R15)."""

from collections.abc import Iterator

import frappe
from frappe.model.naming import make_autoname
from frappe.query_builder import Order

from crm_interactions.chains import entry_right, locks, submitted_chain, summary
from crm_interactions.journal import app_sources, dynamic_links, origins, writer


def place_activity(doc, source, values: dict, number: str | None = None) -> tuple[dict, str | None]:
	"""Return the chain of a new activity, held, and the row that it follows.

	Args:
		doc: the document, saved already.
		source: its source.
		values: what the journal will hold of it.
		number: one that was reserved for a chain of its own.

	`given.validate` refuses a chosen chain without the right to it. A reference without that right is ignored: it is the
	business of the document itself, and the activity gets a chain of its own.
	"""
	chosen = _given(doc)
	is_validated = chosen and doc.doctype in app_sources.DOCTYPES
	for chain, previous in _places(doc, source, values, chosen):
		if is_validated or entry_right.may_enter(chain["name"], doc):
			return chain, previous
	return start_chain(values, _subject_of(doc), number), None


def _places(doc, source, values: dict, chosen: str | None) -> Iterator[tuple[dict, str | None]]:
	"""Yield the chains that a new activity is meant for, nearest first and held, each with the row that it would follow."""
	if chosen:
		chain = locks.hold_followed(chosen)
		yield chain, latest_before(chain["name"], values["activity_date"])
	for doctype, name in origins.list_origins(doc, source):
		if found := _held(_row_of(doctype, name)):
			yield found
	if left := _left(doc):
		yield locks.hold_followed(left), None
	if about := _chain_about(_subject_of(doc)):
		yield about, latest_before(about["name"], values["activity_date"])


def reserve_numbers(count: int) -> list[str]:
	"""Return new numbers, for a job that commits at once and so keeps nobody else from getting one."""
	series = frappe.get_meta(locks.CHAIN).autoname
	return [make_autoname(series, locks.CHAIN) for _ in range(count)]


def start_chain(
	values: dict, subject: tuple[str | None, str | None] = (None, None), number: str | None = None
) -> dict:
	"""Make a chain for an activity.

	Args:
		values: what the journal holds of its first activity.
		subject: type and name of its subject.
		number: its number, if one was reserved.
	"""
	doc = frappe.new_doc(locks.CHAIN)
	doc.update(
		{
			"title": values["title"],
			"party_type": values["party_type"],
			"party": values["party"],
			"responsible": values["responsible"],
			"status": "Open",
			"subject_type": subject[0],
			"subject": subject[1],
			**summary.summarise(values),
		}
	)
	doc.flags.by_server = True
	# its links were checked when the activity itself was saved; a chain is no document that anybody types
	doc.flags.ignore_links = True
	doc.flags.ignore_mandatory = True
	# whoever may record an activity gets its number
	doc.insert(ignore_permissions=True, set_name=number)
	dynamic_links.announce_types(
		locks.CHAIN, {"party_type": doc.party_type, "subject_type": doc.subject_type}
	)
	return frappe._dict({field: doc.get(field) for field in locks.FIELDS}, founded=True)


def latest_before(chain: str, date) -> str | None:
	"""Return the row that an activity of this moment follows: the last one before it."""
	table = frappe.qb.DocType(writer.ROW)
	found = (
		frappe.qb.from_(table)
		.select(table.name)
		.where((table.chain == chain) & (table.activity_date <= date))
		.orderby(table.activity_date, order=Order.desc)
		.orderby(table.creation, order=Order.desc)
		.limit(1)
		.for_update()
	).run()
	return found[0][0] if found else None


def _held(row: dict | None) -> tuple[dict, str] | None:
	"""Return the chain that a row is in now, held, and the row's name."""
	if not row:
		return None
	chain = locks.hold_followed(row["chain"])
	latest = writer.find_row(row["activity_type"], row["activity"], lock=True)
	if not latest:
		return None
	if latest["chain"] != chain["name"]:
		chain = locks.hold_chain(latest["chain"])
	return chain, latest["name"]


def _given(doc) -> str | None:
	return doc.get("chain" if doc.doctype in app_sources.DOCTYPES else submitted_chain.CHOSEN)


def _row_of(doctype: str, name: str) -> dict | None:
	return next(
		(found for one in origins.iter_meant_activities(doctype, name) if (found := writer.find_row(*one))),
		None,
	)


def _left(doc) -> str | None:
	"""Return the chain that a document was in before it was deleted; it is being restored."""
	if doc.doctype in app_sources.DOCTYPES or not doc.flags.came_as:
		return None  # ours bring their chain along; a number that is given out again is another document's
	return frappe.db.get_value(
		"Interaction Chain Log",
		{"action": "Delete", "activity_type": doc.doctype, "activity": doc.flags.came_as},
		"chain",
		order_by="creation desc",
	)


def _chain_about(subject: tuple[str | None, str | None]) -> dict | None:
	"""Return the chain that a deal is in, for what is said to be about it; not where that is about something else."""
	found = _row_of(*subject) if subject[1] else None
	if not found:
		return None
	chain = locks.hold_followed(found["chain"])
	return chain if not chain["subject"] or (chain["subject_type"], chain["subject"]) == subject else None


def _subject_of(doc) -> tuple[str | None, str | None]:
	if doc.doctype in app_sources.DOCTYPES and doc.get("subject_type") and doc.get("subject"):
		return doc.subject_type, doc.subject
	return None, None
