"""Reminders before an activity is due and once it is late (R23).

Nothing is scheduled ahead: each run reads the journal for activities that are due now and not logged yet. So changes to
an activity need no special handling, and a run after an outage of the scheduler catches up.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

import frappe
from frappe import _
from frappe.desk.doctype.notification_log.notification_log import get_title_html
from frappe.utils import cint, get_datetime, get_url_to_form

from crm_interactions.activities import options
from crm_interactions.clock import site_time
from crm_interactions.followups import rules
from crm_interactions.journal import writer
from crm_interactions.platform.stored_text import as_html, as_typed
from crm_interactions.reminders import desk, due, mail, recipients, sent_log

PAGE = 500
COLUMNS = (
	*("name", "activity_type", "activity", "activity_date", "due_until", "responsible", "interaction_type"),
)


def send_due_reminders(now: datetime | None = None, until: float | None = None) -> Counter:
	"""Send due reminders to the responsible users, in the Desk and by e-mail; each is logged and committed separately.

	Args:
		now: in the site's time zone; by default the current time.
		until: value of `time.monotonic()` after which the next run continues; by default, no limit.

	Returns: the numbers of reminders that were Sent, Passed Over (switched off or not permitted to the user) or Failed.
	"""
	now = get_datetime(now or site_time.now())
	pending = (
		(_entry(kind, row), partial(_prepare, kind, row, reader, now))
		for kind, wanted in _kinds()
		for row, reader in _pending(kind, now, wanted)
	)
	return sent_log.send_all(pending, until)


def _kinds() -> Iterator[tuple[str, dict]]:
	"""Yield the enabled kinds, with the minutes of each type; those of the settings have an empty name."""
	settings = options.settings()
	rows = frappe.get_all("Interaction Type", {"remind_before": ("!=", 0)}, ["name", "remind_before"])
	minutes = {row.name: row.remind_before for row in rows}
	minutes[""] = cint(settings.remind_before)
	if max(*minutes.values(), recipients.most_minutes()) > 0:
		yield due.BEFORE, minutes
	if settings.remind_late:
		yield due.LATE, minutes


def _pending(kind: str, now: datetime, minutes: dict) -> Iterator[tuple[dict, recipients.Reader]]:
	"""Yield the journal rows that are due and not logged yet, with their readers."""
	most = max(*minutes.values(), recipients.most_minutes())
	for rows in _pages(*due.due_window(kind, now, most, site_time.site_zone())):
		people = recipients.list_enabled_readers(row.responsible for row in rows if row.responsible)
		known = sent_log.find_sent(kind, [(row.activity_type, row.activity) for row in rows])
		for row in rows:
			row.activity_date = get_datetime(row.activity_date).replace(microsecond=0)
			reader = people.get(row.responsible)
			logged = (row.activity_type, row.activity, row.responsible, row.activity_date) in known
			if reader and not logged and _is_time(kind, row, reader, minutes, now):
				yield row, reader


def _is_time(kind: str, row, reader, minutes: dict, now: datetime) -> bool:
	until = get_datetime(row.due_until or row.activity_date).replace(microsecond=0)
	if kind == due.LATE:
		return until < now
	if until > row.activity_date:
		return False  # without a time of day there is no minute before it
	wanted = due.minutes_before(reader.remind_before, minutes.get(row.interaction_type), minutes[""])
	return due.is_due_before(row.activity_date, now, wanted, site_time.site_zone())


def _pages(since: datetime, until: datetime) -> Iterator[list]:
	"""Yield the app's planned activities of a period, in pages; each begins after the last row of the previous one."""
	table = frappe.qb.DocType(writer.ROW)
	# SQLite stores equal moments as texts of different lengths, so pages can't be ordered by date
	by_date = frappe.db.db_type != "sqlite"
	query = frappe.qb.from_(table).select(*(table[column] for column in COLUMNS))
	query = query.where(table.activity_type.isin(rules.PLANNING) & (table.status == "Planned"))
	query = query.where((table.activity_date >= since) & (table.activity_date < until))
	ordered = query.orderby(table.activity_date) if by_date else query
	ordered = ordered.orderby(table.name).limit(PAGE)
	page = ordered.run(as_dict=True)
	while page:
		last = page[-1].activity_date, page[-1].name
		yield page
		if len(page) < PAGE:
			return
		rest = table.name > last[1]
		if by_date:
			rest = (table.activity_date > last[0]) | ((table.activity_date == last[0]) & rest)
		page = ordered.where(rest).run(as_dict=True)


def _entry(kind: str, row) -> dict:
	return {
		"kind": kind,
		"user": row.responsible,
		"activity_type": row.activity_type,
		"activity": row.activity,
		"due": row.activity_date,
		"reminder_key": due.reminder_key(kind, row.name, row.responsible, row.activity_date),
	}


def _prepare(kind: str, row, reader, now: datetime) -> Callable[[str], None] | None:
	"""Return a function that notifies the reader, or None if they get nothing; reads the document as it is now.

	Raises: NotDueError if the activity was done, moved, handed over or deleted since the page was read.
	"""
	if not frappe.db.exists(row.activity_type, row.activity):
		raise sent_log.NotDueError
	doc = frappe.get_doc(row.activity_type, row.activity)
	same_time = get_datetime(doc.starts_on).replace(microsecond=0) == row.activity_date
	if doc.status != "Planned" or doc.completed or doc.responsible != reader.name or not same_time:
		raise sent_log.NotDueError
	by_email = reader.by_email and mail.is_possible()
	if not (reader.in_desk or by_email):
		return None
	if not frappe.has_permission(doc.doctype, "read", doc=doc, user=reader.name):
		return None
	with recipients.speak_language(reader.language):
		sentence, args = _wording(kind, doc, reader, now)

	def send(name: str) -> None:
		if reader.in_desk:
			# `read_marks` finds it by this name
			desk.notify_user(reader.name, sentence, (doc.doctype, doc.name), name=name)
		if by_email:
			mail.queue_mail(reader, args["subject"], "interaction_reminder", args, (doc.doctype, doc.name))

	return send


def _wording(kind: str, doc, reader, now: datetime) -> tuple[str, dict]:
	"""Return the sentence for the Desk (HTML) and the values of the e-mail's template."""
	when = reader.moment(get_datetime(doc.starts_on), now)
	# whole sentences, since the order of words differs between languages
	if kind == due.BEFORE:
		sentence, subject = _("{0} is planned for {1}."), _("Reminder: {0} ({1})")
	else:
		sentence, subject = _("{0} was planned for {1} and isn't done yet."), _("Late: {0} ({1})")
	about = f"{_(doc.interaction_type)}, {doc.party_name}" if doc.party_name else _(doc.interaction_type)
	title = as_typed(doc.title)
	return f"{sentence.format(get_title_html(as_html(title)), when)} {as_html(about)}", {
		"subject": subject.format(title, when),
		"sentence": sentence.format(title, when),
		"about": as_typed(about),
		"how_to_reach": as_typed(doc.get("how_to_reach")),
		"url": get_url_to_form(doc.doctype, doc.name),
	}
