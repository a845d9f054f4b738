"""Compare receiving a mail that is captured, or refused, with receiving it while capture is off.

The limits (docs/requirements.md) are 2 × for a captured mail, and 3 % for a mail that isn't captured.
"""

import sys

import frappe
from filling import partner as new_partner
from harness import connect, ratio, report, statements

SETTINGS = "CRM Interactions Settings"
ACCOUNT, SENDER = "bench.capture@example.com", "ana.bench@example.net"
ROUNDS = 41
MAIL = """\
Message-ID: <{number}.{token}@mail.example.net>
Date: Fri, 14 Feb 2025 09:00:00 +0100
From: Ana Bench <{sender}>
To: {account}
Subject: Prices of the pumps, {number}
{header}MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Good morning,

please send the new prices of the pumps P-40 and P-60, with the discount for ten pieces.

Kind regards
Ana

On Thu, 13 Feb 2025 at 16:20, Marta Kovac <marta@example.com> wrote:
> We can offer both from March on.
> How many do you need?
"""
AUTOMATIC = "Auto-Submitted: auto-replied\n"


def main() -> int:
	connect()
	try:
		account = prepare()
		kept = [compare(account, "", 2.0), compare(account, AUTOMATIC, 1.03)]
	finally:
		frappe.db.rollback()
		frappe.clear_document_cache(SETTINGS, SETTINGS)
	return 0 if all(kept) else 1


def prepare():
	partner = new_partner()
	links = [{"link_doctype": partner.doctype, "link_name": partner.name}]
	ana = frappe.get_doc({"doctype": "Contact", "first_name": "Ana", "links": links})
	ana.append("email_ids", {"email_id": SENDER, "is_primary": 1})
	ana.insert()
	# a bare row, because saving an account calls its server
	values = {"email_account_name": ACCOUNT, "email_id": ACCOUNT, "enable_incoming": 1, "use_imap": 0}
	frappe.get_doc({"doctype": "Email Account", "name": ACCOUNT, **values}).db_insert()
	return frappe.get_doc("Email Account", ACCOUNT)


def compare(account, header: str, limit: float) -> bool:
	token, numbers = frappe.generate_hash(length=8), iter(range(1_000_000))

	def receive(mode: str):
		def run():
			text = MAIL.format(
				number=next(numbers), token=token, sender=SENDER, account=ACCOUNT, header=header
			)
			frappe.get_cached_doc(SETTINGS).capture_mail = mode
			account.get_incoming_server = lambda **_: Mailbox(text.encode())
			for mail in account.get_inbound_mails():
				mail.process()

		return run

	captured, plain = receive("Known Contacts"), receive("Nothing")
	captured(), plain()
	note = f"· {statements(captured)} statements against {statements(plain)}"
	title = f"receive a mail that is {'refused' if header else 'captured'} / capture off"
	return report(title, ratio(captured, plain, rounds=ROUNDS), limit, note)


class Mailbox:
	"""A mail server in memory, with the two methods that Frappe's receiver calls."""

	def __init__(self, raw: bytes):
		self.raw = raw

	def get_messages(self, folder=None) -> dict:
		return {"latest_messages": [self.raw]}

	def logout(self) -> None:
		pass


if __name__ == "__main__":
	sys.exit(main())
