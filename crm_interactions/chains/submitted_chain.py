"""Checks of the chain and subject submitted with the app's own activities."""

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
# custom field on other apps' document types: the chain that a user chose for a deal, claim or campaign
CHOSEN = "interaction_chain"


def keep_stored_chain(doc, before) -> None:
	"""Reset chain and subject of a saved activity to the stored values, which only the chain changes; new ones pass.

	Raises: ChangedMeanwhileError for a different value or an emptied subject, which would be lost silently; an emptied
		chain is just reset.
	"""
	if not before:
		return
	for field in FIELDS:
		sent, known = doc.get(field) or None, before.get(field) or None
		if sent != known and (sent or field == "subject"):
			_refuse(doc, field, known)
		doc.set(field, before.get(field))


def validate(doc) -> None:
	"""Check that a new activity may enter its chosen chain, or the target of a merged one, with its subject.

	Without a chain, only the right to read the subject is checked.

	Raises: PermissionError for a chain that owner or user may not write to or a subject that the user may not read,
		unless permissions are ignored; ChainClosedError for a planned activity in a closed chain;
		NeedsConfirmationError for a partner other than the chain's and its activities'; PartyTypeError for a subject
		other than the chain's, if both have one. Frappe reports an unknown chain.
	"""
	if not doc.is_new():
		return
	if not doc.get("chain"):
		_require_readable_subject(doc)
		return
	chain = locks.find_chain(doc.chain)
	if not chain:
		return  # Frappe reports the missing link
	if not (doc.flags.ignore_permissions or entry_right.may_enter(chain["name"], doc)):
		frappe.throw(
			_("You may not add to the chain {0}. Leave the chain empty, or choose another one.").format(
				bold(doc.chain)
			),
			frappe.PermissionError,
			title=_("Not Permitted"),
		)
	if chain["status"] == "Closed" and doc.get("status") == "Planned":
		frappe.throw(
			_(
				"The chain {0} is closed, so nothing can be planned in it. Reopen it, or leave the chain empty."
			).format(bold(chain["name"])),
			ChainClosedError,
			title=_("Chain Is Closed"),
		)
	if _has_other_partner(chain, doc):
		frappe.throw(
			_(
				"The chain {0} belongs to {1}. Leave the chain empty, then link the activity afterwards and confirm."
			).format(bold(chain["name"]), bold(chain["party"])),
			NeedsConfirmationError,
			title=_("Chain of Another Partner"),
		)
	chain_subject = (chain["subject_type"], chain["subject"])
	if chain_subject != (doc.subject_type, doc.subject):
		_require_readable_subject(doc)
	if doc.get("subject") and chain["subject"] and chain_subject != (doc.subject_type, doc.subject):
		frappe.throw(
			_(
				"The subject of the chain {0} is {1}. Leave the subject empty, or choose another chain."
			).format(bold(chain["name"]), bold(chain["subject"])),
			PartyTypeError,
			title=_("Different Subject"),
		)


def _require_readable_subject(doc) -> None:
	"""Raise PermissionError if the user may not read the document's subject."""
	if not (doc.get("subject_type") and doc.get("subject")) or doc.flags.ignore_permissions:
		return
	if not frappe.has_permission(doc.subject_type, "read", doc=doc.subject):
		frappe.throw(
			_(
				"You may not read {0}, so it can't be the subject. Leave the subject empty, or choose another one."
			).format(bold(doc.subject)),
			frappe.PermissionError,
			title=_("Not Permitted"),
		)


def _has_other_partner(chain: dict, doc) -> bool:
	if not (chain["party"] and doc.get("party")) or chain["party"] == doc.party:
		return False
	# a chain joined across partners accepts activities of both
	return not frappe.db.exists(writer.ROW, {"chain": chain["name"], "party": doc.party})


def _refuse(doc, field: str, known: str | None) -> None:
	label, value = _(doc.meta.get_label(field)), bold(known or _("empty"))
	if field == "chain":
		frappe.throw(
			_(
				"The {0} of {1} is {2}. Link it to an activity of another chain, or unlink it, to change the chain."
			).format(label, bold(doc.name), value),
			ChangedMeanwhileError,
			title=_("Chain and Subject"),
		)
	frappe.throw(
		_("The {0} of {1} is {2}. To change it, set the subject of the chain and choose the scope.").format(
			label, bold(doc.name), value
		),
		ChangedMeanwhileError,
		title=_("Chain and Subject"),
	)
