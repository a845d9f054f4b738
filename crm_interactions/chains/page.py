"""Pages of activities for the panel: of a chain, or across chains of a partner or another document (R2, R17)."""

from collections import Counter
from itertools import pairwise

import frappe
from frappe.query_builder import Order
from frappe.query_builder.functions import Count
from pypika.terms import Criterion

from crm_interactions.chains import feed as feeds
from crm_interactions.chains import related
from crm_interactions.clock import site_time
from crm_interactions.journal import app_sources, registry
from crm_interactions.journal.writer import ROW
from crm_interactions.parties import partners

FIELDS = (
	*("name", "activity_type", "activity", "chain", "title", "activity_date", "status", "responsible"),
	*("due_until", "interaction_type", "has_attachment", "party_type", "party", "activity_plan"),
)
FEED_FIELDS = (*FIELDS, "contact", "direction", "outcome", "pinned")
Kinds = list[str] | None
LONGEST = 100


def of_chain(
	chain: str,
	start: int,
	length: int,
	kinds: Kinds,
	condition: Criterion | None,
	feed: feeds.Feed | None = None,
) -> dict:
	"""Return a page of at most 100 of a chain's activities, newest first.

	Args:
		kinds: document types of the rows; all by default.
		condition: limits rows to those the user may see (`visibility.journal_rows.row_condition`); None for all.
		feed: limits the rows, puts pinned and planned ones first, and adds `feed.add_content`.

	Returns: `rows` as from `describe_row`; `counts`, a list of `doctype`, `count`, `icon` and `color`, of all types;
		`total`, the number of the chosen types; `more`, True if older rows follow; of a feed, `people`, its responsible
		users as `user` and `full_name`.
	"""
	return _page(related.are_in(chain), start, length, kinds, condition, feed)


def of_party(
	party_type: str,
	party: str,
	start: int,
	length: int,
	kinds: Kinds,
	condition: Criterion | None,
	feed: feeds.Feed | None = None,
) -> dict:
	"""Return a page of a partner's activities, also of those recorded on the lead or prospect that it was made from.

	Arguments and result are as for `of_chain`, with `partners`: (type, name) of the partner and the former ones. The right
	to read a former partner isn't checked: the rows are readable.
	"""
	whom = related.list_partners(party_type, party)
	return {**_page(related.are_with(whom), start, length, kinds, condition, feed), "partners": whom}


def of_document(
	doctype: str,
	name: str,
	start: int,
	length: int,
	kinds: Kinds,
	condition: Criterion | None,
	feed: feeds.Feed | None = None,
) -> dict:
	"""Return a page of the activities that concern a document, across partners, as `related.concern` defines them.

	Arguments and result are as for `of_chain`; rows also have `party_name`, None without a partner.
	"""
	found = _page(related.concern(doctype, name), start, length, kinds, condition, feed)
	titles = partners.list_titles(
		{(row["party_type"], row["party"]) for row in found["rows"] if row["party"]}
	)
	for row in found["rows"]:
		row["party_name"] = titles.get((row["party_type"], row["party"]))
	return found


def add_ends(rows: list[dict]) -> None:
	"""Add `ends_on`, the planned or actual end, to a page's rows; None where it is unknown or above permission level 0."""
	ends = {}
	for doctype in app_sources.DOCTYPES:
		names = [row["activity"] for row in rows if row["activity_type"] == doctype]
		df = frappe.get_meta(doctype).get_field("ends_on")
		if names and df and not df.permlevel:
			table = frappe.qb.DocType(doctype)
			query = frappe.qb.from_(table).select(table.name, table.ends_on).where(table.name.isin(names))
			ends |= {(doctype, name): moment for name, moment in query.run()}
	for row in rows:
		row["ends_on"] = ends.get((row["activity_type"], row["activity"]))


def chain_of(activity_type: str, activity: str, condition: Criterion | None) -> dict | None:
	"""Return all fields of an activity's chain; None if the activity has no row, or none that meets `condition`."""
	table, chain = frappe.qb.DocType(ROW), frappe.qb.DocType("Interaction Chain")
	where = (table.activity_type == activity_type) & (table.activity == activity)
	query = _matching(table, where, condition).join(chain).on(chain.name == table.chain)
	found = query.select(chain.star).run(as_dict=True)
	return found[0] if found else None


def first_interaction(chain: str, condition: Criterion | None) -> dict | None:
	"""Return `name` and `title` of a chain's earliest visible document of type Interaction, or None (R20)."""
	table = frappe.qb.DocType(ROW)
	where = (table.chain == chain) & (table.activity_type == "Interaction")
	query = _matching(table, where, condition)
	query = query.select(table.activity.as_("name"), table.title)
	found = query.orderby(table.activity_date).orderby(table.name).limit(1).run(as_dict=True)
	return found[0] if found else None


def _page(
	where: Criterion,
	start: int,
	length: int,
	kinds: Kinds,
	condition: Criterion | None,
	feed: feeds.Feed | None,
) -> dict:
	"""Return a page as `of_chain` does, of the rows that meet `where`."""
	start, length = max(int(start), 0), min(max(int(length), 1), LONGEST)
	where = feed.limit(where) if feed else where
	counts, users = _counts(where, condition)
	wanted = [kind for kind in kinds or counts if kind in counts]
	total = sum(counts[kind] for kind in wanted)
	# one extra row, for the gap of the last row on the page
	query = _rows(where, wanted if kinds else None, condition, feed) if total else None
	found = run_newest_first(query, frappe.qb.DocType(ROW), start, length + 1) if query else []
	names = {} if feed else full_names(found[:length])
	page = {
		"rows": [describe_row(row, older, names) for row, older in pairwise([*found, None])][:length],
		"counts": [{"doctype": kind, "count": counts[kind], **_look(kind)} for kind in sorted(counts)],
		"total": total,
		"more": total > start + length,
	}
	return {**page, "people": feeds.add_content(page["rows"], users)} if feed else page


def _counts(where: Criterion, condition) -> tuple[dict[str, int], set[str]]:
	"""Return document type → number of the rows, and their responsible users."""
	table = frappe.qb.DocType(ROW)
	query = _matching(table, where, condition)
	query = query.select(table.activity_type, table.responsible, Count(table.name))
	counts, users = Counter(), set()
	for kind, user, number in query.groupby(table.activity_type, table.responsible).run():
		counts[kind] += number
		users.add(user)
	return counts, users


def _rows(where: Criterion, kinds: Kinds, condition: Criterion | None, feed: feeds.Feed | None):
	table = frappe.qb.DocType(ROW)
	fields = FEED_FIELDS if feed else FIELDS
	query = _matching(table, where, condition).select(*(table[field] for field in fields))
	if kinds:
		query = query.where(table.activity_type.isin(kinds))
	return feeds.put_planned_first(query, table) if feed else query


def run_newest_first(query, table, start: int, length: int) -> list[dict]:
	"""Run a query of journal rows, newest first, and return up to `length` dicts from offset `start`."""
	for field in (table.activity_date, table.name):
		query = query.orderby(field, order=Order.desc)
	return query.limit(length).offset(start).run(as_dict=True)


def _matching(table, where: Criterion, condition):
	query = frappe.qb.from_(table).where(where)
	return query.where(condition) if condition is not None else query


def full_names(rows: list[dict]) -> dict[str, str]:
	"""Return user → full name of the rows' responsible users, in one query."""
	users = sorted({row["responsible"] for row in rows if row["responsible"]})
	found = frappe.get_all("User", {"name": ("in", users)}, ["name", "full_name"]) if users else []
	return {user.name: user.full_name for user in found}


def describe_row(row: dict, older: dict | None, names: dict[str, str]) -> dict:
	"""Return a copy of a row with `icon`, `color`, `responsible_name` and `gap`: elapsed seconds since `older`, or None."""
	gap = site_time.elapsed(older["activity_date"], row["activity_date"]).total_seconds() if older else None
	name = names.get(row["responsible"]) or row["responsible"]
	return {**row, **_look(row["activity_type"]), "gap": gap, "responsible_name": name}


def _look(doctype: str) -> dict:
	source = registry.get_source(doctype)
	return {"icon": source.icon, "color": source.color} if source else {"icon": "file", "color": "gray"}
