"""Recipients of reminders and their preferences: language, time zone, Desk and e-mail (R23)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.utils import cint, format_date, format_time

from crm_interactions.clock import site_time

SETTINGS = "Notification Settings"
# Frappe's switches, then the app's; all are on for a user without settings
SWITCHES = (
	*("enabled", "enable_email_notifications"),
	*("interaction_reminders", "interaction_reminders_by_email", "interaction_digest_by_email"),
)
MINUTES = "interaction_remind_before"


@dataclass(frozen=True)
class Reader:
	"""A user with the preferences that apply: missing switches are on, and switches of e-mails need an address."""

	name: str
	email: str | None
	language: str
	in_desk: bool
	by_email: bool
	digest_by_email: bool
	remind_before: int  # minutes; 0 defers to the type and the settings

	def local(self, moment: datetime) -> datetime:
		"""Return a moment of the site's time zone in the reader's."""
		local = moment.replace(tzinfo=site_time.site_zone()).astimezone(site_time.zone_of(self.name))
		return local.replace(tzinfo=None)

	def moment(self, moment: datetime, now: datetime) -> str:
		"""Return a moment as text in the reader's time zone, without the date if it is today; use `speak_language`.

		A moment without a time of day is its date.
		"""
		if day := site_time.find_day(moment, self.name):
			return format_date(day)
		local = self.local(moment)
		time = format_time(local.time(), "HH:mm")
		if local.date() == self.local(now).date():
			return time
		return f"{format_date(local.date())} {time}"


def list_enabled_readers(users: Iterable[str]) -> dict[str, Reader]:
	"""Return the enabled ones among these users, by name, without unknown users; two queries."""
	names = sorted(set(users))
	found = frappe.get_all(
		"User", {"name": ("in", names or [""]), "enabled": 1}, ["name", "email", "language"]
	)
	preferences = _preferences([user.name for user in found])
	language = frappe.db.get_default("lang") or "en"
	return {user.name: _reader(user, preferences.get(user.name, {}), language) for user in found}


def most_minutes() -> int:
	"""Return the earliest reminder that any user has chosen, in minutes before the start; 0 if there is none."""
	if not _has(MINUTES):
		return 0
	rows = frappe.get_all(SETTINGS, {MINUTES: (">", 0)}, [MINUTES], order_by=f"{MINUTES} desc", limit=1)
	return cint(rows[0].get(MINUTES)) if rows else 0


@contextmanager
def speak_language(language: str) -> Iterator[None]:
	"""Translate and format in a language within a block."""
	before = frappe.local.lang
	# Frappe translates and formats in this language; the `finally` restores the former one
	frappe.local.lang = language
	try:
		yield
	finally:
		frappe.local.lang = before  # see above


@contextmanager
def reading_as(reader: Reader) -> Iterator[None]:
	"""Act as the reader, with the reader's permissions and language, within a block; then restore user and language.

	For jobs only: the session's id and data and `form_dict` are reset, too, and not restored.
	"""
	before = frappe.session.user
	# get_list and all apps' permission queries use the session's user; the `finally` restores the former one
	frappe.set_user(reader.name)
	try:
		with speak_language(reader.language):
			yield
	finally:
		frappe.set_user(before)  # see above


def _reader(user, preferences: dict, language: str) -> Reader:
	def on(switch: str) -> bool:
		value = preferences.get(switch)
		return value is None or bool(cint(value))

	mails = on("enable_email_notifications") and bool(user.email)
	return Reader(
		name=user.name,
		email=user.email,
		language=user.language or language,
		in_desk=on("enabled") and on("interaction_reminders"),
		by_email=mails and on("interaction_reminders_by_email"),
		digest_by_email=mails and on("interaction_digest_by_email"),
		remind_before=cint(preferences.get(MINUTES)),
	)


def _preferences(users: list[str]) -> dict[str, dict]:
	# an administrator may have removed one of the app's fields
	fields = [field for field in (*SWITCHES, MINUTES) if _has(field)]
	rows = frappe.get_all(SETTINGS, {"name": ("in", users or [""])}, ["name", *fields], order_by=None)
	return {row.name: row for row in rows}


def _has(field: str) -> bool:
	return frappe.get_meta(SETTINGS).has_field(field)
