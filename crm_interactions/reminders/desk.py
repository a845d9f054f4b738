"""Notifications in the Desk, written by the system."""

import frappe

LOG = "Notification Log"


def notify_user(user: str, subject: str, about: tuple[str, str], name: str | None = None, **more) -> None:
	"""Insert a notification for a user, whatever their switches; Frappe doesn't e-mail it, as the app sends its own.

	Args:
		subject: HTML.
		about: DocType and name of the document that the notification opens; permission isn't checked.
		name: of the notification; by default a random one.
		more: further fields of the Notification Log.
	"""
	values = {"type": "Alert", "for_user": user, "subject": subject, **more}
	values |= {"document_type": about[0], "document_name": about[1]}
	# users have no right to write notifications of others
	frappe.get_doc({"doctype": LOG, **values}).insert(ignore_permissions=True, set_name=name)
