"""One notification for all that somebody takes over."""

import frappe
from frappe import _
from frappe.utils import get_fullname

from crm_interactions.chains.locks import CHAIN
from crm_interactions.controllers.validation import bold
from crm_interactions.handover import scope
from crm_interactions.reminders import recipients


def notify_successor(record, done: dict[str, int]) -> None:
	"""Tell the successor, once, what is his now.

	Args:
		record: the hand-over.
		done: how many documents of each type.
	"""
	language = (
		frappe.db.get_value("User", record.to_user, "language") or frappe.db.get_default("lang") or "en"
	)
	with recipients.speak_language(language):
		chains, tasks = done.get(CHAIN, 0), done.get(scope.TODO, 0)
		text = _("{0} handed over to you what {1} had: activities {2}, chains {3}, assignments {4}.").format(
			bold(get_fullname(record.asked_by)),
			bold(get_fullname(record.from_user)),
			sum(done.values()) - chains - tasks,
			chains,
			tasks,
		)
	frappe.get_doc(
		{
			"doctype": "Notification Log",
			"type": "Alert",
			"for_user": record.to_user,
			"from_user": record.asked_by,
			"document_type": "Interaction Hand Over",
			"document_name": record.name,
			"subject": text,
		}
	).insert(ignore_permissions=True)  # the platform tells him, nobody else does
