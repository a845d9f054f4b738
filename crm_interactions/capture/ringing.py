"""Ringing calls: the users who are called hear of them at once, before anything is stored."""

import frappe

from crm_interactions.capture import calls, colleagues, policy
from crm_interactions.capture.exchange import INCOMING

EVENT = "crm_interactions_call"
# seconds after which a call that rings is over
LONGEST = 5 * 60


def tell(
	users: list[str],
	event: str,
	number: str,
	key: str,
	record: dict | None = None,
	*,
	after_commit: bool = False,
) -> None:
	"""Send an event of a call to the Desk of users.

	The message has only the number: who it is, each user's Desk asks for, with that user's rights.

	Args:
		event: "ringing", "answered", "missed" or "ended".
		key: number of the call in the telephone system, equal in all events.
		record: `doctype` and `name` of the call, once it has one.
	"""
	shown = {field: (record or {}).get(field) for field in ("doctype", "name")}
	if not calls.has_digits(number) or policy.find_excluded([number]):
		return
	for user in users:
		message = {"event": event, "number": number, "key": key, **shown}
		frappe.publish_realtime(EVENT, message, user=user, after_commit=after_commit)


def users_of(user: str | None, ours: str) -> list[str]:
	"""Return the user who is called, else the users with the called number."""
	return [user] if user else colleagues.find_users_of_number(ours)


def tell_of_log(doc, user: str | None) -> None:
	"""Tell the called user of a log whose call has begun to ring, been answered, or ended."""
	if doc.type != INCOMING or not doc.has_value_changed("status"):
		return
	event = {"Ringing": "ringing", "In Progress": "answered"}.get(doc.status)
	if doc.status in calls.ENDED:
		event = "ended" if calls.ENDED[doc.status] == calls.HELD else "missed"
	if event:
		theirs, ours = calls.numbers_of(doc)
		tell(users_of(user, ours), event, theirs, doc.name, after_commit=True)
