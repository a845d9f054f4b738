"""Texts of the e-mails about a meeting, in the current language."""

from datetime import datetime
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.utils import format_date, format_time

from crm_interactions.clock import site_time, timeline
from crm_interactions.invitations import plain_text, recipients, state
from crm_interactions.invitations.ics import clean_line
from crm_interactions.invitations.planning import Delivery, Kind
from crm_interactions.platform.stored_text import as_typed

TEMPLATE = "meeting_invitation"
# kinds of e-mail that include the agenda
WITH_AGENDA = (Kind.INVITATION, Kind.CHANGE)


def subject(doc, kind: Kind, zone: ZoneInfo | None = None) -> str:
	"""Return the subject of an e-mail of this kind, with the meeting's title and day in a time zone, or in the site's."""
	starts = site_time.shown_at(state.period(doc)[0], zone or site_time.site_zone())
	return _subjects()[kind].format(clean_line(as_typed(doc.title)), format_date(starts, "medium"))


def body(doc, delivery: Delivery, zone: ZoneInfo | None = None) -> dict:
	"""Return the values of the e-mail's template as plain text; only invitations and changes contain the agenda."""
	return {
		"opening": _openings()[delivery.kind].format(
			delivery.identity.organizer.name, recipients.organizer(doc).name
		),
		"title": clean_line(as_typed(doc.title)),
		"when": when(doc, zone),
		"place": as_typed(doc.place),
		"participants": delivery.listed,
		"agenda": plain_text.of_html(doc.agenda) if delivery.kind in WITH_AGENDA else "",
		"closing": _closings()[delivery.kind],
	}


def labels() -> dict[str, str]:
	"""Return the labels of the e-mail's template."""
	return {
		"when": _("When"),
		"place": _("Place"),
		"participants": _("Participants"),
		"agenda": _("Agenda"),
	}


def when(doc, zone: ZoneInfo | None = None) -> str:
	"""Return start and end of a meeting as text, in a time zone, which is named, or in the site's.

	Without an end, the duration counts, with at least 30 minutes. The date appears once if both are on the same day.
	"""
	zone = zone or site_time.site_zone()
	starts, ends = (site_time.shown_at(moment, zone) for moment in state.period(doc))
	first, last = format_date(starts, "full"), format_date(ends, "full")
	begin, end = _time(starts, zone), _time(ends, zone)
	if first == last:
		return f"{first}, {begin} – {end} ({zone.key})"
	return f"{first}, {begin} – {last}, {end} ({zone.key})"


def _time(moment: datetime, zone: ZoneInfo) -> str:
	"""Return the time of day, with the zone's abbreviation if the clock shows it twice that day."""
	text = format_time(moment.time(), "short")
	return f"{text} {moment.replace(tzinfo=zone):%Z}" if timeline.is_repeated(moment, zone) else text


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
