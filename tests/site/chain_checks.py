"""Invariants of all chains."""

import frappe

from crm_interactions.chains import subject_results
from crm_interactions.journal import registry
from crm_interactions.journal.app_sources import DOCTYPES

ROW_FIELDS = (
	*("name", "activity_type", "activity", "chain", "previous", "title", "activity_date", "status"),
	*("responsible", "priority", "subject_type", "subject", "party_type", "party"),
)


def row_of(doc):
	filters = {"activity_type": doc.doctype, "activity": str(doc.name)}
	return frappe.db.get_value("Activity Link", filters, ROW_FIELDS, as_dict=True)


def chain_of(doc) -> str:
	return row_of(doc).chain


def chain_value(doc, fields):
	"""Return the stored value of a field of an activity's chain, or of several fields."""
	return frappe.db.get_value("Interaction Chain", doc.chain, fields)


def assert_consistent() -> None:
	"""Check that each activity is in one chain, and that dates, counts and subject copies match the rows."""
	rows = frappe.get_all("Activity Link", fields=ROW_FIELDS, limit_page_length=0)
	found = frappe.get_all("Interaction Chain", fields=["*"], limit_page_length=0)
	chains = {chain.name: chain for chain in found}
	by_name = {row.name: row for row in rows}
	keys = [(row.activity_type, row.activity) for row in rows]
	assert len(keys) == len(set(keys)), "an activity has two rows"
	by_chain: dict[str, list] = {}
	for row in rows:
		by_chain.setdefault(row.chain, []).append(row)
	for chain in chains.values():
		_check_chain(chain, by_chain.get(chain.name, []))
	for row in rows:
		assert row.chain in chains, f"{row.activity} is in {row.chain}, which does not exist"
		chain = chains[row.chain]
		assert (row.subject_type or None) == (chain.subject_type or None), row
		assert (row.subject or None) == (chain.subject or None), row
		_check_previous(row, by_name)
	for doctype in DOCTYPES:
		_check_copies(doctype, {row.activity: row for row in rows if row.activity_type == doctype})
	assert {row.activity_type for row in rows} <= registry.sources().keys()


def _check_chain(chain, rows) -> None:
	dates = [row.activity_date for row in rows]
	done = [row.activity_date for row in rows if row.status == "Done"]
	planned = [row.activity_date for row in rows if row.status == "Planned"]
	assert chain.activity_count == len(rows), chain.name
	assert chain.started_on == min(dates, default=None), chain.name
	assert chain.last_activity_on == max(done, default=None), chain.name
	assert chain.next_step_on == min(planned, default=None), chain.name
	assert chain.has_next_step == bool(planned), chain.name
	assert bool(chain.turn) == (chain.status == "Open" and bool(done)), chain.name
	assert chain.turn_since == (max(done) if chain.turn else None), chain.name
	is_merged = chain.status == "Merged"
	given = None if is_merged else subject_results.read(chain.subject_type, chain.subject)
	if given or (chain.result_from_subject and not is_merged):
		assert chain.result_from_subject and chain.result == given.result, chain.name
	if is_merged:
		assert not rows, f"{chain.name} is merged and holds activities"
		assert chain.merged_into
	else:
		assert not chain.merged_into


def _check_previous(row, by_name: dict) -> None:
	seen, current = set(), row
	while current.previous:
		assert current.name not in seen, f"{row.activity} follows itself"
		seen.add(current.name)
		following = by_name.get(current.previous)
		assert following, f"{current.activity} follows a deleted row"
		assert following.chain == row.chain, f"{current.activity} follows an activity of another chain"
		current = following


def _check_copies(doctype: str, rows: dict) -> None:
	fields = ["name", "chain", "subject_type", "subject", "party_type", "party"]
	documents = frappe.get_all(doctype, fields=fields, limit_page_length=0)
	assert {document.name for document in documents} == rows.keys()
	for document in documents:
		row = rows[document.name]
		for field in ("chain", "subject", "party"):
			assert (document[field] or None) == (row[field] or None), (document.name, field)
