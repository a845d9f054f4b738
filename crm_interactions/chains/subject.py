"""The subject of a chain: the deal, claim or campaign that all its activities are about (R20, B2)."""

import frappe
from frappe import _

from crm_interactions.chains import copies, locks, log, splitting, subject_results
from crm_interactions.chains.numbers import Subject
from crm_interactions.controllers.validation import bold
from crm_interactions.exceptions import PartyTypeError
from crm_interactions.journal import dynamic_links, writer
from crm_interactions.parties import partners

SCOPES = ("chain", "onwards", "this")


@locks.explain_conflicts
def set_for_chain(chain: str, subject_type: str | None, subject: str | None) -> dict:
	"""Set the subject of a chain, its rows and copies, or clear it if empty, and log that; rights aren't checked.

	Returns: `chain`, the target of a merged one, and `log`, the entry to undo; `log` is None if the subject doesn't
		change.

	Raises: PartyTypeError if the document type isn't a subject type; DoesNotExistError for an unknown chain or subject;
		ChangedMeanwhileError after a deadlock or lock timeout.
	"""
	new = _checked(subject_type, subject)
	held = locks.hold_followed(chain)
	if _of(held) == new:
		return {"chain": held["name"], "log": None}
	entry = log.write_entry("Subject", held["name"], **_before_and_after(_of(held), new))
	write_subject(held, new)
	return {"chain": held["name"], "log": entry}


@locks.explain_conflicts
def set_from(
	activity_type: str, activity: str, subject_type: str | None, subject: str | None, *, reach: str
) -> dict:
	"""Set the subject of part of a chain, which becomes a new chain; if it is the whole chain, set its subject.

	Args:
		reach: the scope: "onwards" for the activity and all with a later time; any other value for the activity alone.

	Returns: `chain`, which now has the subject, and `log`, the entry to undo: a split, even if the subject stays the
		same, or the whole chain's change of subject, if any. Raises as `set_for_chain`; rights aren't checked.
	"""
	new = _checked(subject_type, subject)
	rows, chain, root = splitting.hold_chain_rows(activity_type, activity)
	names = {root["name"]}
	if reach == "onwards":
		names |= {row["name"] for row in rows if row["activity_date"] > root["activity_date"]}
	if len(names) == len(rows):
		return set_for_chain(chain["name"], *new)
	made = splitting.split_off(chain, rows, names, root, new)
	return {"chain": made["chain"], "log": made["log"]}


def write_subject(chain: dict, subject: Subject) -> None:
	"""Write a subject to a locked chain, its rows and copies, setting `modified`, and update `chain` in place.

	The change isn't logged, but the result that the subject gives the chain is.
	"""
	_write_subject(chain, subject)
	subject_results.follow_new_subject(chain)


def _write_subject(chain: dict, subject: Subject) -> None:
	values = {"subject_type": subject[0], "subject": subject[1]}
	chain.update(values)
	frappe.db.set_value(locks.CHAIN, chain["name"], values)
	dynamic_links.announce_types(locks.CHAIN, values)
	writer.set_subject(chain)
	copies.write_subject(chain)


@locks.explain_conflicts
def clear_subject(doctype: str, name: str) -> None:
	"""Clear a subject that is being deleted from all its chains, and log it in each; their results stay.

	Raises: ChangedMeanwhileError.
	"""
	about = {"subject_type": doctype, "subject": name}
	for chain in frappe.get_all(locks.CHAIN, about, pluck="name", order_by="name"):
		held = locks.hold_chain(chain)
		log.write_entry("Subject", chain, **_before_and_after(_of(held), (None, None)))
		_write_subject(held, (None, None))
		frappe.db.set_value(locks.CHAIN, chain, "result_from_subject", 0)


def _of(chain: dict) -> Subject:
	return chain["subject_type"] or None, chain["subject"] or None


def _checked(subject_type: str | None, subject: str | None) -> Subject:
	if not subject:
		return None, None
	require_type(subject_type)
	if not frappe.db.exists(subject_type, subject):
		frappe.throw(
			_("{0} {1} doesn't exist. Choose another subject.").format(_(subject_type), bold(subject)),
			frappe.DoesNotExistError,
		)
	return subject_type, subject


def require_type(subject_type: str | None) -> None:
	"""Raise PartyTypeError if a document type is empty or isn't one of the settings' subject types."""
	if subject_type not in partners.subject_types():
		allowed = ", ".join(_(d) for d in partners.subject_types()) or _("none is configured")
		frappe.throw(
			_("{0} is not one of the subject types ({1}). An administrator can add it in {2}.").format(
				bold(_(subject_type or "")), allowed, bold(_("CRM Interactions Settings"))
			),
			PartyTypeError,
		)


def _before_and_after(before: Subject, after: Subject) -> dict:
	former = {"subject_type_before": before[0], "subject_before": before[1]}
	return {**former, "subject_type_after": after[0], "subject_after": after[1]}
