"""Plans the e-mails of a meeting that is saved or deleted: invitation, change or cancellation (R13)."""

from dataclasses import dataclass
from enum import Enum

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold
from crm_interactions.invitations import recipients, state
from crm_interactions.invitations.ics import Person

PLANNED, CANCELLED = "Planned", "Cancelled"


class Kind(Enum):
	"""Kind of e-mail; a removal tells a participant that the meeting takes place without them."""

	INVITATION = "invitation"
	CHANGE = "change"
	CANCELLATION = "cancellation"
	REMOVAL = "removal"


@dataclass(frozen=True)
class Delivery:
	kind: Kind
	to: tuple[Person, ...]


def plan_change(doc) -> list[Delivery]:
	"""Set the new invitation state on a meeting before it is written; return the e-mails to send afterwards.

	A planned meeting that is invited, or is now (`flags.inviting`), sends invitations to new participants, removals to
	removed ones, and changes to the others, if `state.current` changed, for example by a new participant, but not by
	the agenda. A cancelled one sends cancellations to all who were told; any other meeting sends nothing.
	"""
	told = state.told(doc)
	if doc.status == CANCELLED and told:
		state.clear_told(doc)
		return _deliveries((Kind.CANCELLATION, state.invited(told)))
	if not is_open(doc) or not (told or doc.flags.inviting):
		return []
	content = state.current(doc)
	if content == told:
		return []
	state.note_told(doc, content)
	return _changes(state.invited(told) if told else [], recipients.list_invitees(doc))


def plan_cancellation(doc) -> list[Delivery]:
	"""Clear the invitation state of a planned, invited meeting that is being deleted; return the e-mails to send."""
	told = state.told(doc)
	if not told or not is_open(doc):
		return []
	state.clear_told(doc)
	return _deliveries((Kind.CANCELLATION, state.invited(told)))


def require_invitable(doc) -> None:
	"""Raise ValidationError if the meeting isn't planned, has no participant to invite, or has nothing new to send."""
	if not is_open(doc):
		frappe.throw(
			_(
				"{0} is no longer planned, so participants can't be invited. Set its status to {1} first."
			).format(bold(doc.name), bold(_(PLANNED))),
			title=_("Nothing to Send"),
		)
	if not recipients.list_invitees(doc):
		frappe.throw(
			_("No participant of {0} has an e-mail address. Enter one in the table of participants.").format(
				bold(doc.name)
			),
			title=_("Nothing to Send"),
		)
	if state.told(doc) == state.current(doc):
		frappe.throw(
			_(
				"All participants of {0} are already invited. Saving the meeting sends them its changes."
			).format(bold(doc.name)),
			title=_("Nothing to Send"),
		)


def is_open(doc) -> bool:
	"""Return whether a meeting is planned and not completed."""
	return doc.status == PLANNED and not doc.completed


def _changes(before: list[Person], after: list[Person]) -> list[Delivery]:
	known, present = {person.email for person in before}, {person.email for person in after}
	return _deliveries(
		(Kind.INVITATION, [person for person in after if person.email not in known]),
		(Kind.CHANGE, [person for person in after if person.email in known]),
		(Kind.REMOVAL, [person for person in before if person.email not in present]),
	)


def _deliveries(*pairs: tuple[Kind, list[Person]]) -> list[Delivery]:
	return [Delivery(kind, tuple(persons)) for kind, persons in pairs if persons]
