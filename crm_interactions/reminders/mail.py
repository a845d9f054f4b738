"""E-mails to users, in the reader's language, through Frappe's queue."""

from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.utils import get_url_to_form

from crm_interactions.platform import mail
from crm_interactions.reminders import recipients


def is_possible() -> bool:
	"""Return whether the site has an outgoing e-mail account; without one, reminders appear in the Desk only."""
	account = EmailAccount.find_outgoing()
	# if e-mails are muted, Frappe returns a dummy account without an address
	return bool(account and account.get("email_id"))


def queue_mail(reader, subject: str, template: str, args: dict, about: tuple[str, str]) -> None:
	"""Queue an e-mail in the reader's language within the caller's transaction, marked as generated.

	Args:
		subject: plain text.
		template: name of a template in `templates/emails`.
		args: values of the template, as plain text; `settings_url` is added.
		about: DocType and name of the record to which the e-mail belongs.

	Raises: OutgoingEmailError if the site has no outgoing account (`is_possible`).
	"""
	with recipients.speak_language(reader.language):
		settings = get_url_to_form(recipients.SETTINGS, reader.name)
		mail.queue_mail(
			template,
			{**args, "settings_url": settings},
			automatic=True,
			recipients=[reader.email],
			subject=subject,
			reference_doctype=about[0],
			reference_name=about[1],
			with_container=True,
			is_notification=True,
		)
