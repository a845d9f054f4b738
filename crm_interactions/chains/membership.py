"""An activity and its chain, from the first save to deletion: the row is written, the chain's dates follow."""

import frappe
from frappe import _

from crm_interactions.chains import copies, locks, log, numbers, origin_party, subject, summary
from crm_interactions.journal import app_sources, dynamic_links, registry, row, writer
from crm_interactions.journal.source import Source

SAVEPOINT = "crm_interactions_row"


@locks.explain_conflicts
def record_activity(doc, source: Source, number: str | None = None) -> bool:
	"""Write the row of a saved document, with a chain when it has none yet.

	Args:
		number: a number that was reserved for its chain, should it get one of its own.

	Returns: whether anything had to be written.
	"""
	if source.counts and not source.counts(doc):
		return remove_activity(doc.doctype, doc.name, doc)
	values = row.build_values(doc, source)
	known = writer.find_row(doc.doctype, doc.name)
	if not known and _add_unless_there(doc, source, values, number):
		return True
	known = known or writer.find_row(doc.doctype, doc.name, lock=True)
	values |= origin_party.in_chain(doc, source, values, known["chain"], known)
	if not any(not writer.is_same(known.get(key), value) for key, value in values.items()):
		return _put_back(doc, known)
	chain = locks.hold_chain(known["chain"])
	# only now is it sure to be its latest version
	known = writer.find_row(doc.doctype, doc.name, lock=True)
	if known["chain"] != chain["name"]:
		chain = locks.hold_chain(known["chain"])
	changed = writer.update_row(known, values)
	if changed.keys() & summary.DEPEND_ON:
		summary.refresh_summary(chain["name"])
	_complete(chain, values)
	if "party" in changed and chain["activity_count"] == 1:
		_set_party(chain, values)
	if changed.keys() & {"party_type", "party"}:
		pass_on_party(known["name"])
	return True


def pass_on_party(name: str) -> None:
	"""The partner of a row is another one: what was made from that activity and names no partner is with him, too."""
	for activity_type, activity in writer.list_foreign_followers(name):
		source = registry.get_source(activity_type)
		if source and frappe.db.exists(activity_type, activity):
			record_activity(frappe.get_doc(activity_type, activity), source)


@locks.explain_conflicts
def remove_activity(activity_type: str, activity: str, doc=None) -> bool:
	"""Take an activity out of the journal; a chain that nothing is left of is closed.

	Returns: whether it was there.
	"""
	known = writer.find_row(activity_type, activity)
	if not known:
		return False
	chain = locks.hold_chain(known["chain"])
	known = writer.find_row(activity_type, activity, lock=True)
	if not known:
		return False
	if known["chain"] != chain["name"]:
		chain = locks.hold_chain(known["chain"])  # it was joined to another one meanwhile
	writer.delete_row(known)
	summary.refresh_summary(chain["name"])
	if activity_type not in app_sources.DOCTYPES:
		log.write_entry("Delete", chain["name"], activity_type=activity_type, activity=activity)
	close_empty([chain["name"]])
	return True


def close_empty(chains: list[str]) -> None:
	"""Close those of these chains that nothing is left of; no number is ever given out twice, so they stay."""
	for name in chains:
		if not frappe.db.exists(writer.ROW, {"chain": name}):
			reason = _("All its activities were deleted.")
			# nobody is responsible for nothing: a user whom only such a chain names can be deleted
			values = {
				"status": "Closed",
				"closed_on": frappe.utils.now(),
				"close_reason": reason,
				"responsible": None,
			}
			frappe.db.set_value(locks.CHAIN, {"name": name, "status": "Open"}, values)


def _add_unless_there(doc, source: Source, values: dict, number: str | None) -> bool:
	"""Add the row; False when somebody else has just done that for a document that had none."""
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
	writer.insert_row(doc.doctype, doc.name, values, chain, previous)
	copies.write_copy(doc, chain)
	if chain.get("founded"):
		return  # made for this activity, dates included
	summary.refresh_summary(chain["name"])
	_complete(chain, values)
	_reopen_when_empty(chain, values)


def _take_party_of_origin(doc, source: Source, values: dict, chain: dict) -> None:
	"""A document that names no partner gets that of the activity that it was made from, and so does its new chain."""
	if values["party"]:
		return
	if not chain.get("founded"):
		values |= origin_party.in_chain(doc, source, values, chain["name"])
	elif found := origin_party.of_readable(doc, source):
		values |= found
		_set_party(chain, values)


def _put_back(doc, known: dict) -> bool:
	"""A copy that differs from the journal (an import, an old backup) is put right."""
	if doc.doctype not in app_sources.DOCTYPES or doc.get("chain") == known["chain"]:
		return False
	copies.write_copy(doc, {**known, "name": known["chain"]})
	return True


def _take_subject(doc, chain: dict) -> None:
	"""A subject that is given with a new activity becomes the chain's, unless that has one already."""
	if doc.doctype in app_sources.DOCTYPES and doc.get("subject") and not chain["subject"]:
		subject.write_subject(chain, (doc.subject_type, doc.subject))


def _complete(chain: dict, values: dict) -> None:
	"""A chain that began with an unknown caller learns its partner from the first activity that has one."""
	if not chain["party"] and values["party"]:
		_set_party(chain, values)


def _set_party(chain: dict, values: dict) -> None:
	party = {"party_type": values["party_type"], "party": values["party"]}
	frappe.db.set_value(locks.CHAIN, chain["name"], party)
	dynamic_links.announce_types(locks.CHAIN, party)


def _reopen_when_empty(chain: dict, values: dict) -> None:
	"""What was closed because its last activity was deleted opens again when that is restored."""
	if chain["status"] == "Closed" and not chain["activity_count"]:
		opened = {
			"status": "Open",
			"closed_on": None,
			"close_reason": None,
			"responsible": values["responsible"],
		}
		frappe.db.set_value(locks.CHAIN, chain["name"], opened)
