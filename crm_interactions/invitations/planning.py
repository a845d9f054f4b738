"""Plans the e-mails of a meeting that is saved or deleted: invitation, change or cancellation (R13)."""

from dataclasses import dataclass
from enum import Enum

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold
from crm_interactions.invitations import recipients, state
from crm_interactions.invitations.ics import Person

PLANNED = "Planned"
CALLED_OFF = ("Not Held", "Cancelled")


class Kind(Enum):
	"""Kind of e-mail; a removal tells a participant that the meeting takes place without them.

	A replacement takes back the former organizer's invitation, while the new organizer sends one of their own.
	"""

	INVITATION = "invitation"
	CHANGE = "change"
	CANCELLATION = "cancellation"
	REMOVAL = "removal"
	REPLACEMENT = "replacement"


@dataclass(frozen=True)
class Delivery:
	"""E-mails of one kind; `listed` are the names of the participants that they show."""

	kind: Kind
	to: tuple[Person, ...]
	identity: state.Identity
	listed: tuple[str, ...]


def plan_change(doc) -> list[Delivery]:
	"""Set the new invitation state on a meeting before it is written; return the e-mails to send afterwards.

	A planned meeting that is invited, or is now (`flags.inviting`), sends invitations to new participants, removals to
	removed ones, and changes to the others, if `state.current` changed, for example by a new participant, but not by
	the agenda. A new responsible user takes back the former one's invitation, and invites. A cancelled or not held one
	sends cancellations to all who were told. Any other meeting sends nothing, and neither does a save of one that is and was in the past.
	"""
	told = state.told(doc)
	if told and doc.status in CALLED_OFF:
		return _cancel(doc, told)
	if not is_open(doc) or not (told or doc.flags.inviting):
		return []
	content = state.current(doc)
	if not told:
		return _deliveries(state.note_told(doc, content), content, (Kind.INVITATION, state.invited(content)))
	if state.is_over(told) and state.is_over(content) and not doc.flags.inviting:
		return []
	if _has_new_organizer(doc):
		return _replace(doc, told, content)
	return _change(doc, told, content) if content != told else []


def plan_cancellation(doc) -> list[Delivery]:
	"""Clear the invitation state of a planned, invited meeting that is being deleted; return the e-mails to send."""
	told = state.told(doc)
	return _cancel(doc, told) if told and is_open(doc) else []


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
	content = state.current(doc)
	if not content["invited"]:
		frappe.throw(
			_("All participants of {0} are left out. Choose at least one.").format(bold(doc.name)),
			title=_("Nothing to Send"),
		)
	if state.told(doc) == content:
		frappe.throw(
			_(
				"All participants of {0} are already invited. Saving the meeting sends them its changes."
			).format(bold(doc.name)),
			title=_("Nothing to Send"),
		)


def is_open(doc) -> bool:
	"""Return whether a meeting is planned and not completed."""
	return doc.status == PLANNED and not doc.completed


def _cancel(doc, told: dict) -> list[Delivery]:
	"""Cancel a meeting that isn't over by what its participants were told; a past one stays in their calendars."""
	if state.is_over(told):
		return []
	return _deliveries(state.clear_told(doc), told, (Kind.CANCELLATION, state.invited(told)))


def _has_new_organizer(doc) -> bool:
	"""Return whether another user has become responsible, in this save or while the meeting wasn't planned.

	A new address of the same user is none: saves would invite all again.
	"""
	before = doc.get_doc_before_save()
	if not before or (before.responsible == doc.responsible and is_open(before)):
		return False
	return state.organizer(doc).email != recipients.organizer(doc).email


def _replace(doc, told: dict, content: dict) -> list[Delivery]:
	before, after = state.invited(told), state.invited(content)
	former = state.clear_told(doc)
	return [
		*_deliveries(
			former, told, (Kind.REPLACEMENT, _both(before, after)), (Kind.REMOVAL, _only(before, after))
		),
		*_deliveries(state.note_told(doc, content), content, (Kind.INVITATION, after)),
	]


def _change(doc, told: dict, content: dict) -> list[Delivery]:
	before, after = state.invited(told), state.invited(content)
	# the others see no difference
	changed = [] if state.only_invites_left_out(told, content) else _both(after, before)
	return _deliveries(
		state.note_told(doc, content),
		content,
		(Kind.INVITATION, _only(after, before)),
		(Kind.CHANGE, changed),
		(Kind.REMOVAL, _only(before, after)),
	)


def _both(persons: list[Person], others: list[Person]) -> list[Person]:
	return [person for person in persons if person.email in {other.email for other in others}]


def _only(persons: list[Person], others: list[Person]) -> list[Person]:
	return [person for person in persons if person.email not in {other.email for other in others}]


def _deliveries(identity, content: dict, *pairs: tuple[Kind, list[Person]]) -> list[Delivery]:
	listed = tuple(content["participants"])
	return [Delivery(kind, tuple(persons), identity, listed) for kind, persons in pairs if persons]
