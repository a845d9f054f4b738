"""Notification of the successor: one for a whole hand-over."""

import frappe
from frappe import _
from frappe.utils import get_fullname

from crm_interactions.chains.locks import CHAIN
from crm_interactions.controllers.validation import bold
from crm_interactions.handover import scope
from crm_interactions.reminders import desk, recipients


def notify_successor(record, done: dict[str, int]) -> None:
	"""Notify the successor in the Desk, not by e-mail, of the numbers of activities, chains and assignments.

	The text is in the successor's language. The notification is also sent if `done` is empty, with zeros.

	Args:
		record: the hand-over.
		done: number of documents by document type; all types except chains and tasks count as activities.
	"""
	language = frappe.db.get_value("User", record.to_user, "language") or frappe.db.get_default("lang")
	with recipients.speak_language(language or "en"):
		chains, tasks = done.get(CHAIN, 0), done.get(scope.TODO, 0)
		text = _("{0} handed over {1}'s work to you: activities {2}, chains {3}, assignments {4}.").format(
			bold(get_fullname(record.asked_by)),
			bold(get_fullname(record.from_user)),
			sum(done.values()) - chains - tasks,
			chains,
			tasks,
		)
	about = ("Interaction Hand Over", record.name)
	desk.notify_user(record.to_user, text, about, from_user=record.asked_by)
