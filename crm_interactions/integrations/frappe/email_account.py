"""Email Account: hands each mail that it receives on to capture, with the header fields that Frappe doesn't store.

Frappe 15 and 16 call no hook with the mail as received. This class may go once `InboundMail` has one.
"""

from collections.abc import Callable
from functools import partial

import frappe
from frappe.email.doctype.email_account.email_account import EmailAccount

from crm_interactions.capture import capturing, policy, refused
from crm_interactions.capture.exchange import Refusal
from crm_interactions.chains import locks
from crm_interactions.integrations.frappe import captured_mail

SAVEPOINT = "crm_received_mail"
FLAG = "crm_receives_mail"


class CapturingEmailAccount(EmailAccount):
	def get_inbound_mails(self):
		mails = super().get_inbound_mails()
		if policy.is_mail_on():
			for mail in mails:
				mail.process = partial(process, mail, mail.process)
		return mails


def process(mail, process: Callable):
	"""Store a received mail as Frappe does, then capture it; an error there is logged, and the mail stays stored."""
	frappe.flags[FLAG] = True
	try:
		communication = process()
	finally:
		frappe.flags[FLAG] = False
	try:
		_capture(mail, communication)
	except Exception as error:
		if locks.is_given_up(error):
			frappe.db.rollback()  # the database has rolled back the stored mail, too
			communication = process()
		frappe.log_error(
			title="Mail was not captured",
			reference_doctype="Communication",
			reference_name=communication.name,
		)
	return communication


def _capture(mail, communication) -> None:
	source = (communication.doctype, communication.name)
	if not mail.flags.is_new_communication:
		refused.count(source, Refusal(refused.DUPLICATE, mail.from_email or ""))
		return
	if not policy.is_on(policy.MAIL, communication.email_account):
		return
	account = (mail.email_account.email_id or "").lower()
	found = captured_mail.read_received(mail.mail, communication, account)
	if isinstance(found, Refusal):
		refused.count(source, found)
		return
	frappe.db.savepoint(SAVEPOINT)
	try:
		capturing.capture_exchange(source, found)
	except Exception as error:
		if not locks.is_given_up(error):
			frappe.db.rollback(save_point=SAVEPOINT)
		raise
