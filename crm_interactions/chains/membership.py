"""Membership of activities in chains: keeps journal row and chain up to date on save and deletion."""

import frappe
from frappe import _
from frappe.utils import now

from crm_interactions.chains import copies, locks, log, numbers, origin_party, subject, summary
from crm_interactions.journal import app_sources, dictionary_values, dynamic_links, registry, row, writer
from crm_interactions.journal.source import Source

SAVEPOINT = "crm_interactions_row"


@locks.explain_conflicts
def record_activity(doc, source: Source, number: str | None = None) -> bool:
	"""Write a saved document's journal row and update its chain; a document without a row is first placed in a chain.

	A chain without a partner takes the document's, and one without a subject that of a new activity of the app. The
	app's own document gets chain and subject, while `modified` stays. A new row reopens a closed chain without
	activities. A changed partner passes to a chain of one activity, and to other apps' activities that follow. A chain
	of its own takes the reserved `number`. Rights count only for the choice of a chain.

	Returns: whether anything was written or, for a document that its source doesn't count, removed.

	Raises: DoesNotExistError for an unknown chosen chain; ChangedMeanwhileError after a deadlock or lock timeout.
	"""
	if source.counts and not source.counts(doc):
		return remove_activity(doc.doctype, doc.name)
	values = row.build_values(doc, source)
	known = writer.find_row(doc.doctype, doc.name)
	if not known and _try_add(doc, source, values, number):
		return True
	known = known or writer.find_row(doc.doctype, doc.name, lock=True)
	if not known:
		# PostgreSQL: another transaction has added it since this one began, and reads don't see it
		raise locks.changed_meanwhile()
	values |= origin_party.find_in_chain(doc, source, values, known["chain"], known)
	copied = dictionary_values.copy_values(doc, known["name"])
	if all(writer.is_same(known.get(key), value) for key, value in values.items()):
		return _correct_copy(doc, known) or copied
	known, chain = _hold(known)
	if not known:
		raise locks.changed_meanwhile()
	changed = writer.update_row(known, values)
	if changed.keys() & summary.DEPEND_ON:
		summary.refresh_summary(chain["name"])
	_fill_party(chain, values)
	if "party" in changed and chain["activity_count"] == 1:
		_set_party(chain, values)
	if changed.keys() & {"party_type", "party"}:
		pass_on_party(known["name"])
	return True


def pass_on_party(name: str) -> None:
	"""Record other apps' followers of row `name` again, so that those without a partner take its, and pass it on."""
	for activity_type, activity in writer.list_foreign_followers(name):
		source = registry.get_source(activity_type)
		if source and frappe.db.exists(activity_type, activity):
			record_activity(frappe.get_doc(activity_type, activity), source)


@locks.explain_conflicts
def remove_activity(activity_type: str, activity: str) -> bool:
	"""Delete an activity's row and its log moves, log that for other apps' types, and close a chain left empty.

	The document stays; rows that followed the row follow its previous row. Rights aren't checked. Returns whether there
	was a row. Raises ChangedMeanwhileError after a deadlock or lock timeout.
	"""
	known = writer.find_row(activity_type, activity)
	known, chain = _hold(known) if known else (None, None)
	if not known:
		return False
	writer.delete_row(known)
	summary.refresh_summary(chain["name"])
	if activity_type not in app_sources.DOCTYPES:
		log.write_entry("Delete", chain["name"], activity_type=activity_type, activity=activity)
	close_empty([chain["name"]])
	return True


def close_empty(chains: list[str]) -> None:
	"""Close the open chains among these that have no activities, with time and reason; clear their responsible user.

	They aren't deleted, so that no number is reused. The query sets `modified`, but no `closed_by` and no log entry.
	"""
	for name in chains:
		if not frappe.db.exists(writer.ROW, {"chain": name}):
			reason = _("All its activities were deleted.")
			# an empty chain must not block the deletion of its responsible user
			values = {"status": "Closed", "closed_on": now(), "close_reason": reason, "responsible": None}
			frappe.db.set_value(locks.CHAIN, {"name": name, "status": "Open"}, values)


def _hold(known: dict) -> tuple[dict | None, dict]:
	"""Lock the chain of a row, then the row; return row and chain in their latest versions, None for a deleted row."""
	chain = locks.hold_chain(known["chain"])
	# only a read after the lock on the chain is current
	latest = writer.find_row(known["activity_type"], known["activity"], lock=True)
	if latest and latest["chain"] != chain["name"]:
		chain = locks.hold_chain(latest["chain"])  # moved before the lock
	return latest, chain


def _try_add(doc, source: Source, values: dict, number: str | None) -> bool:
	"""Add the row; return False if a concurrent transaction has just added it."""
	if doc.flags.in_insert:
		_add(doc, source, values, number)
		return True
	frappe.db.savepoint(SAVEPOINT)
	try:
		_add(doc, source, values, number)
	except frappe.UniqueValidationError:
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.clear_last_message()
		return False
	return True


def _add(doc, source: Source, values: dict, number: str | None) -> None:
	chain, previous = numbers.place_activity(doc, source, values, number)
	_take_party_of_origin(doc, source, values, chain)
	_take_subject(doc, chain)
	added = writer.insert_row(doc.doctype, doc.name, values, chain, previous)
	dictionary_values.insert_values(doc, added["name"])
	copies.write_copy(doc, chain)
	if chain.get("founded"):
		return  # created for this activity, with its dates
	_reopen_when_empty(chain, values)
	summary.refresh_summary(chain["name"])
	_fill_party(chain, values)


def _take_party_of_origin(doc, source: Source, values: dict, chain: dict) -> None:
	"""Fill a missing partner from the activity that the document was made from, also in a new chain."""
	if values["party"]:
		return
	if not chain.get("founded"):
		values |= origin_party.find_in_chain(doc, source, values, chain["name"])
	elif found := origin_party.find_readable(doc, source):
		values |= found
		_set_party(chain, values)


def _correct_copy(doc, known: dict) -> bool:
	"""Overwrite a chain copy that differs from the journal, for example after an import; return whether it differed."""
	if doc.doctype not in app_sources.DOCTYPES or doc.get("chain") == known["chain"]:
		return False
	copies.write_copy(doc, {**known, "name": known["chain"]})
	return True


def _take_subject(doc, chain: dict) -> None:
	"""Set a new activity's subject on its chain, unless the chain has a subject."""
	if doc.doctype in app_sources.DOCTYPES and doc.get("subject") and not chain["subject"]:
		subject.write_subject(chain, (doc.subject_type, doc.subject))


def _fill_party(chain: dict, values: dict) -> None:
	"""Set the partner of a chain without one, such as a chain started by an unknown caller."""
	if not chain["party"] and values["party"]:
		_set_party(chain, values)


def _set_party(chain: dict, values: dict) -> None:
	party = {"party_type": values["party_type"], "party": values["party"]}
	frappe.db.set_value(locks.CHAIN, chain["name"], party)
	dynamic_links.announce_types(locks.CHAIN, party)


def _reopen_when_empty(chain: dict, values: dict) -> None:
	"""Reopen a closed chain that was empty, such as for a restored activity, and set its responsible user."""
	if chain["status"] == "Closed" and not chain["activity_count"]:
		opened = {"status": "Open", "closed_on": None, "close_reason": None}
		opened["responsible"] = values["responsible"]
		frappe.db.set_value(locks.CHAIN, chain["name"], opened)
