"""Who is reminded, and how he wants it: language, time zone, in the Desk, by e-mail (R23)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.utils import cint, format_date, format_time

from crm_interactions.followups import clock

SETTINGS = "Notification Settings"
# the platform's switches, then ours; where a user has no settings, all is on
SWITCHES = (
	"enabled",
	"enable_email_notifications",
	"interaction_reminders",
	"interaction_reminders_by_email",
	"interaction_digest_by_email",
)
MINUTES = "interaction_remind_before"


@dataclass(frozen=True)
class Reader:
	name: str
	email: str | None
	language: str
	in_desk: bool
	by_email: bool
	digest_by_email: bool
	remind_before: int  # minutes; 0 where he leaves it to the type and the settings

	def local(self, moment: datetime) -> datetime:
		"""Return a moment of the site's clock on his."""
		there = moment.replace(tzinfo=clock.site_zone()).astimezone(clock.zone_of(self.name))
		return there.replace(tzinfo=None)

	def moment(self, moment: datetime, now: datetime) -> str:
		"""Return a moment as he reads it, today's without the day; call it while `speaking` his language."""
		there = self.local(moment)
		time = format_time(there.time(), "HH:mm")
		if there.date() == self.local(now).date():
			return time
		return f"{format_date(there.date())} {time}"


def list_enabled_readers(users: Iterable[str]) -> dict[str, Reader]:
	"""Return those of these users who are enabled, by name; two queries."""
	names = sorted(set(users))
	found = frappe.get_all(
		"User",
		{"name": ("in", names or [""]), "enabled": 1},
		["name", "email", "language"],
		limit_page_length=0,
	)
	wishes = _wishes([user.name for user in found])
	language = frappe.db.get_default("lang") or "en"
	return {user.name: _reader(user, wishes.get(user.name, {}), language) for user in found}


def most_minutes() -> int:
	"""Return the most minutes before that any user wants to be reminded."""
	if not _has(MINUTES):
		return 0
	rows = frappe.get_all(SETTINGS, {MINUTES: (">", 0)}, [MINUTES], order_by=f"{MINUTES} desc", limit=1)
	return cint(rows[0].get(MINUTES)) if rows else 0


@contextmanager
def speak_language(language: str) -> Iterator[None]:
	"""Translate and format in a language for the time of a block."""
	before = frappe.local.lang
	# the platform translates and formats in the language that stands here; it is put back in any case
	frappe.local.lang = language
	try:
		yield
	finally:
		frappe.local.lang = before  # see above


@contextmanager
def reading_as(reader: Reader) -> Iterator[None]:
	"""Be the reader, with his rights and his language, for the time of a block."""
	before = frappe.session.user
	# get_list and the conditions of all apps ask who is logged in; he is put back in any case
	frappe.set_user(reader.name)
	try:
		with speak_language(reader.language):
			yield
	finally:
		frappe.set_user(before)  # see above


def _reader(user, wishes: dict, language: str) -> Reader:
	def on(switch: str) -> bool:
		value = wishes.get(switch)
		return value is None or bool(cint(value))

	mails = on("enable_email_notifications") and bool(user.email)
	return Reader(
		name=user.name,
		email=user.email,
		language=user.language or language,
		in_desk=on("enabled") and on("interaction_reminders"),
		by_email=mails and on("interaction_reminders_by_email"),
		digest_by_email=mails and on("interaction_digest_by_email"),
		remind_before=cint(wishes.get(MINUTES)),
	)


def _wishes(users: list[str]) -> dict[str, dict]:
	# an administrator may have taken one of our fields away
	fields = [field for field in (*SWITCHES, MINUTES) if _has(field)]
	rows = frappe.get_all(
		SETTINGS, {"name": ("in", users or [""])}, ["name", *fields], order_by=None, limit_page_length=0
	)
	return {row.name: row for row in rows}


def _has(field: str) -> bool:
	return frappe.get_meta(SETTINGS).has_field(field)
