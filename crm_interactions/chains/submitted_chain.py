"""Chain and subject as somebody sends them with an activity of ours."""

import frappe
from frappe import _

from crm_interactions.chains import entry_right, locks
from crm_interactions.controllers.validation import bold
from crm_interactions.exceptions import (
	ChainClosedError,
	ChangedMeanwhileError,
	NeedsConfirmationError,
	PartyTypeError,
)
from crm_interactions.journal import writer

FIELDS = ("chain", "subject_type", "subject")
# custom field of other apps' document types: the chain that somebody chose for a deal, claim or campaign
CHOSEN = "interaction_chain"


def keep_stored_chain(doc, before) -> None:
	"""A saved activity's chain and subject are the chain's to say: they are taken from the database.

	Raises: ChangedMeanwhileError where something else was sent: it would be lost silently otherwise.
	"""
	if not before:
		return
	for field in FIELDS:
		sent, known = doc.get(field) or None, before.get(field) or None
		if sent != known and (sent or field == "subject"):
			_refuse(doc, field, known)
		doc.set(field, before.get(field))


def validate(doc) -> None:
	"""A chain that was chosen for a new activity has room for it.

	Raises: PermissionError for a chain that the user may not write to, and for a subject that they may not read;
		ChainClosedError for something planned in a closed chain; NeedsConfirmationError for another partner;
		PartyTypeError for another subject than the chain's.
	"""
	if not doc.is_new():
		return
	if not doc.get("chain"):
		_require_readable_subject(doc)
		return
	chain = locks.find_chain(doc.chain)
	if not chain:
		return  # the platform says that it isn't there
	if not (doc.flags.ignore_permissions or entry_right.may_enter(chain["name"], doc)):
		frappe.throw(
			_("You may not add to the chain {0}. Leave the chain empty, or choose another one.").format(
				bold(doc.chain)
			),
			frappe.PermissionError,
			title=_("Chain of Others"),
		)
	if chain["status"] == "Closed" and doc.get("status") == "Planned":
		frappe.throw(
			_(
				"The chain {0} is closed, so nothing is planned in it. Reopen it, or leave the chain empty."
			).format(bold(chain["name"])),
			ChainClosedError,
			title=_("Chain Is Closed"),
		)
	if _is_with_somebody_else(chain, doc):
		frappe.throw(
			_(
				"The chain {0} is with {1}. Leave it empty and link the activity afterwards, which asks."
			).format(bold(chain["name"]), bold(chain["party"])),
			NeedsConfirmationError,
			title=_("Chain of Another Partner"),
		)
	theirs = (chain["subject_type"], chain["subject"])
	if theirs != (doc.subject_type, doc.subject):
		_require_readable_subject(doc)
	if doc.get("subject") and chain["subject"] and theirs != (doc.subject_type, doc.subject):
		frappe.throw(
			_(
				"The subject of the chain {0} is {1}. Leave the subject empty, or choose another chain."
			).format(bold(chain["name"]), bold(chain["subject"])),
			PartyTypeError,
			title=_("Another Subject"),
		)


def _require_readable_subject(doc) -> None:
	"""Raises: PermissionError."""
	if not (doc.get("subject_type") and doc.get("subject")) or doc.flags.ignore_permissions:
		return
	if not frappe.has_permission(doc.subject_type, "read", doc=doc.subject):
		frappe.throw(
			_(
				"You may not read {0}, so it can't be the subject. Leave the subject empty, or choose another one."
			).format(bold(doc.subject)),
			frappe.PermissionError,
			title=_("Subject of Others"),
		)


def _is_with_somebody_else(chain: dict, doc) -> bool:
	if not (chain["party"] and doc.get("party")) or chain["party"] == doc.party:
		return False
	# where chains of two partners were joined on purpose, both are welcome
	return not frappe.db.exists(writer.ROW, {"chain": chain["name"], "party": doc.party})


def _refuse(doc, field: str, known: str | None) -> None:
	label, value = _(doc.meta.get_label(field)), bold(known or _("empty"))
	if field == "chain":
		frappe.throw(
			_(
				"The {0} of {1} is {2}. Link it to an activity of another chain, or unlink it, to change that."
			).format(label, bold(doc.name), value),
			ChangedMeanwhileError,
			title=_("Chain and Subject"),
		)
	frappe.throw(
		_(
			"The {0} of {1} is {2}. Set the subject of its chain to change that; it asks how far this reaches."
		).format(label, bold(doc.name), value),
		ChangedMeanwhileError,
		title=_("Chain and Subject"),
	)
