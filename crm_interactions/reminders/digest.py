"""The morning digest (R23): today, late, slow chains and chains without a next step; supervisors also get their team's.

Each user gets one digest a day, at the configured hour of their own clock. Days on which no scheduler ran are skipped.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

import frappe
from frappe import _
from frappe.utils import cint, format_date, get_datetime, get_url_to_list, now_datetime

from crm_interactions.activities import options
from crm_interactions.followups import clock, rules
from crm_interactions.platform.stored_text import as_html
from crm_interactions.reminders import agenda, desk, due, mail, recipients, sent_log

PAGE = 200


def send_due_digests(now: datetime | None = None, until: float | None = None) -> Counter:
	"""Send the digests that are due, if the settings enable them; each is logged and committed separately.

	They go by Desk notification and e-mail to enabled Desk users who may read activities, once a day from the set hour.

	Args:
		now: in the site's time zone; by default the current time.
		until: value of `time.monotonic()` after which the next run continues; by default, no limit.

	Returns: the numbers of digests that were Sent, Passed Over (no content, or switched off by the user) or Failed.
	"""
	now = get_datetime(now or now_datetime())
	if not options.settings().send_digest:
		return Counter()
	pending = ((_entry(reader, day), partial(_prepare, reader, day, now)) for reader, day in _pending(now))
	return sent_log.send_all(pending, until)


def _pending(now: datetime) -> Iterator[tuple]:
	"""Yield each reader whose digest is due and not logged yet, with its day."""
	hour, site = cint(options.settings().digest_hour), clock.site_zone()
	for users in _pages():
		people = recipients.list_enabled_readers(users)
		known = sent_log.known_digests(users, now.date() - timedelta(days=2))
		for reader in people.values():
			day = due.digest_day(now, site, clock.zone_of(reader.name), hour)
			if day and (reader.name, day) not in known and _reads_activities(reader.name):
				yield reader, day


def _pages() -> Iterator[list[str]]:
	"""Yield the names of the enabled Desk users, a page at a time."""
	after = ""
	while True:
		filters = {"enabled": 1, "user_type": "System User", "name": (">", after)}
		page = frappe.get_all("User", filters, pluck="name", order_by="name asc", limit=PAGE)
		if not page:
			return
		yield page
		after = page[-1]


def _reads_activities(user: str) -> bool:
	return any(frappe.has_permission(doctype, "read", user=user) for doctype in rules.PLANNING)


def _entry(reader, day) -> dict:
	return {
		"kind": due.DIGEST,
		"user": reader.name,
		"due": datetime(day.year, day.month, day.day),
		"reminder_key": due.reminder_key(due.DIGEST, "", reader.name, day),
	}


def _prepare(reader, day, now: datetime) -> Callable[[str], None] | None:
	by_email = reader.digest_by_email and mail.is_possible()
	if not (reader.in_desk or by_email):
		return None
	with recipients.reading_as(reader):
		body = agenda.build_agenda(reader, now)
		if not body:
			return None
		subject, heading = _subject(body, day), _("Your day, {0}").format(format_date(day))
		summary = _summary(body, day)

	def send(name: str) -> None:
		if reader.in_desk:
			# a click opens the list, not the log entry
			link = get_url_to_list("Interaction")
			desk.notify_user(reader.name, summary, (sent_log.REMINDER, name), link=link)
		if by_email:
			args = {"heading": heading, **body}
			mail.queue_mail(reader, subject, "interaction_digest", args, (sent_log.REMINDER, name))

	return send


def _subject(body: dict, day) -> str:
	today, late = (body["own"][part]["count"] for part in ("today", "late"))
	return _("Your day, {0}: {1} today, {2} late").format(format_date(day), today, late)


def _summary(body: dict, day) -> str:
	shown = format_date(day), *(body["own"][part]["count"] for part in agenda.PARTS)
	sentence = _("{0}: today {1}, late {2}, slow chains {3}, chains without a next step {4}.").format(*shown)
	if body["team"]:
		late = [member["late"]["count"] for member in body["team"]]
		counts = len(late), agenda.total(late)
		sentence += " " + _("Your team: people with open work {0}, late {1}.").format(*counts)
	return as_html(sentence)
