"""Queued mails and Desk notifications of users."""

from email import message_from_string, policy

import frappe


def account() -> None:
	"""Create the outgoing e-mail account of the site as a bare row, because saving one calls its server."""
	if frappe.db.exists("Email Account", "Office"):
		return
	values = {"email_id": "office@example.com", "enable_outgoing": 1, "default_outgoing": 1}
	values |= {"email_account_name": "Office", "smtp_server": "localhost", "no_smtp_authentication": 1}
	frappe.get_doc({"doctype": "Email Account", "name": "Office", **values}).db_insert()
	forget_account()


def forget_account() -> None:
	frappe.local.outgoing_email_account = {}


def mails(to: str) -> list:
	"""Return the mails to an address, oldest first, parsed as a mail program parses them."""
	names = frappe.get_all("Email Queue Recipient", {"recipient": to}, pluck="parent", order_by="creation")
	texts = [frappe.db.get_value("Email Queue", name, "message") for name in names]
	return [message_from_string(text, policy=policy.default) for text in texts]


def html(message) -> str:
	return message.get_body(("html",)).get_content()


def text(message) -> str:
	return message.get_body(("plain",)).get_content()


def bell(user: str) -> list[str]:
	"""Return the subjects of a user's notifications, oldest first."""
	return frappe.get_all("Notification Log", {"for_user": user}, pluck="subject", order_by="creation")
