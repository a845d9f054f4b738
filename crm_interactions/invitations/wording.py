"""Texts of the e-mails about a meeting, in the current language."""

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import format_date, format_time, get_system_timezone

from crm_interactions.clock import site_time
from crm_interactions.invitations import plain_text, recipients, state
from crm_interactions.invitations.ics import clean_line
from crm_interactions.invitations.planning import Delivery, Kind
from crm_interactions.platform.stored_text import as_typed

TEMPLATE = "meeting_invitation"
# kinds of e-mail that include the agenda
WITH_AGENDA = (Kind.INVITATION, Kind.CHANGE)


def subject(doc, kind: Kind) -> str:
	"""Return the subject of an e-mail of this kind, with the meeting's title and day."""
	starts, _ends = state.period(doc)
	return _subjects()[kind].format(clean_line(as_typed(doc.title)), format_date(starts, "medium"))


def body(doc, delivery: Delivery) -> dict:
	"""Return the values of the e-mail's template as plain text; only invitations and changes contain the agenda."""
	return {
		"opening": _openings()[delivery.kind].format(
			delivery.identity.organizer.name, recipients.organizer(doc).name
		),
		"title": clean_line(as_typed(doc.title)),
		"when": when(doc),
		"place": as_typed(doc.place),
		"participants": delivery.listed,
		"agenda": plain_text.of_html(doc.agenda) if delivery.kind in WITH_AGENDA else "",
		"closing": _closings()[delivery.kind],
	}


def when(doc) -> str:
	"""Return start and end of a meeting as text, with the site's time zone, because recipients may be in another one.

	Without an end, the duration counts, with at least 30 minutes. The date appears once if both are on the same day.
	"""
	starts, ends = state.period(doc)
	first, last = format_date(starts, "full"), format_date(ends, "full")
	begin, end = _time(starts), _time(ends)
	if first == last:
		return f"{first}, {begin} – {end} ({get_system_timezone()})"
	return f"{first}, {begin} – {last}, {end} ({get_system_timezone()})"


def _time(moment: datetime) -> str:
	"""Return the time of day, with the zone's abbreviation if the clock shows it twice that day."""
	text = format_time(moment.time(), "short")
	return (
		f"{text} {moment.replace(tzinfo=site_time.site_zone()):%Z}" if site_time.is_repeated(moment) else text
	)


def name_of_side(doc, side: str) -> str:
	"""Return the name of a side: of the partner for Theirs, else of the company; a general term if it is unknown."""
	if side == "Theirs":
		return doc.party_name or doc.party or _("Their Side")
	return doc.get("company") or frappe.defaults.get_global_default("company") or _("Our Side")


def _subjects() -> dict[Kind, str]:
	return {
		Kind.INVITATION: _("Invitation: {0}, {1}"),
		Kind.CHANGE: _("Changed: {0}, {1}"),
		Kind.CANCELLATION: _("Cancelled: {0}, {1}"),
		Kind.REMOVAL: _("Cancelled: {0}, {1}"),
		Kind.REPLACEMENT: _("Replaced: {0}, {1}"),
	}


def _openings() -> dict[Kind, str]:
	return {
		Kind.INVITATION: _("{0} invites you to a meeting."),
		Kind.CHANGE: _("{0} has changed a meeting that you are invited to. The new details are below."),
		Kind.CANCELLATION: _("{0} has cancelled this meeting."),
		Kind.REMOVAL: _("{0} has removed you from the participants of this meeting."),
		Kind.REPLACEMENT: _("{0} has handed this meeting over to {1}, who sends you a new invitation."),
	}


def _closings() -> dict[Kind, str]:
	accept = _("Open the attached file to add the meeting to your calendar, and to accept or decline.")
	remove = _("Open the attached file to remove the meeting from your calendar.")
	replace = _("Open the attached file to remove the former invitation from your calendar.")
	return {
		**{Kind.INVITATION: accept, Kind.CHANGE: accept},
		**{Kind.CANCELLATION: remove, Kind.REMOVAL: remove, Kind.REPLACEMENT: replace},
	}
