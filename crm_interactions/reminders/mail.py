"""Mails to colleagues, through the platform's queue, in the language of who reads them."""

import frappe
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.utils import get_url_to_form

from crm_interactions.reminders import recipients


def is_possible() -> bool:
	"""Tell whether the site has an account to send from; one that has none reminds in the Desk alone."""
	account = EmailAccount.find_outgoing()
	# where mails are muted the platform makes one up, without an address
	return bool(account and account.get("email_id"))


def queue_mail(reader, subject: str, template: str, args: dict, about: tuple[str, str]) -> None:
	"""Put a mail into the platform's queue, within the caller's transaction.

	Args:
		reader: a `readers.Reader`.
		subject: plain text.
		template: name of a template in `templates/emails`.
		args: what it is filled with; the template escapes it.
		about: type and name of the record that the mail belongs to.
	"""
	with recipients.speak_language(reader.language):
		settings = get_url_to_form(recipients.SETTINGS, reader.name)
		frappe.sendmail(
			recipients=[reader.email],
			subject=subject,
			template=template,
			args={**args, "settings_url": settings},
			reference_doctype=about[0],
			reference_name=about[1],
			with_container=True,
			is_notification=True,
		)
