"""Answers of invited people, as their calendars mail them."""

import frappe
from frappe import _
from frappe.utils import now

from crm_interactions.controllers.addresses import read_addresses
from crm_interactions.platform.stored_text import as_html, storable

MEETING, PARTICIPANT = "Meeting", "Interaction Participant"
# PARTSTAT of RFC 5545, 3.2.12 → value of the field `answer`
ANSWERS = {"ACCEPTED": "Accepted", "DECLINED": "Declined", "TENTATIVE": "Tentative"}


def record(uid: str, attendee: str, partstat: str, comment: str = "") -> bool:
	"""Set the answer of a meeting's participant, and tell open forms; a comment, or a changed answer, enters the timeline.

	Args:
		uid: of the invitation.
		attendee: address in lower case; the caller compares it with the sender.
		partstat: ACCEPTED, DECLINED or TENTATIVE.
		comment: plain text.

	Returns: whether a meeting of this site has that UID and participant. A cancelled one has no UID any more.
	"""
	name = frappe.db.get_value(MEETING, {"invitation_uid": uid}, "name")
	if not name:
		return False
	meeting = frappe.get_doc(MEETING, name)
	rows = [row for row in meeting.participants if attendee in _addresses(row)]
	answer = ANSWERS[partstat]
	for row in rows:
		# past the save, which a completed meeting refuses and which would mail the change to all
		frappe.db.set_value(PARTICIPANT, row.name, "answer", answer, update_modified=False)
	if rows and (comment or any(row.answer != answer for row in rows)):
		# a form opened before mustn't write the old answer back
		frappe.db.set_value(MEETING, name, "modified", now(), update_modified=False)
		_tell(meeting, rows[0], answer, comment)
	return bool(rows)


def _tell(meeting, row, answer: str, comment: str) -> None:
	text = f"{as_html(row.full_name or row.email)}: {_(answer)}"
	note = f"<br>{as_html(storable(comment))}" if comment else ""
	meeting.add_comment("Info", text + note)
	meeting.notify_update()


def _addresses(row) -> list[str]:
	return [address.lower() for address in read_addresses(row.email)]
