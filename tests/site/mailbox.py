"""The world of the test mails (tests/data/mail), and their arrival through Frappe's own receiver."""

import frappe
from frappe.email.receive import SentEmailInInboxError

from tests.data import mail
from tests.site.factories import contact, meeting, partner, user

WORLD = mail.table()["world"]


class Server:
	"""A mailbox in memory, with the two methods that Frappe's receiver calls."""

	def __init__(self, *raw: bytes):
		self.raw = raw

	def get_messages(self, folder=None) -> dict:
		return {"latest_messages": [*self.raw]}

	def logout(self) -> None:
		pass


def build_world() -> None:
	"""Create users, accounts, partners, contacts and invited meetings, and capture all mail."""
	frappe.local.conf.host_name = WORLD["site"]
	for email in WORLD["users"]:
		user(email, "Interaction User")
	for email in WORLD["accounts"]:
		add_account(email)
	domains = []
	for row in WORLD["partners"]:
		doc = partner(row["name"])
		for email in row["contacts"]:
			first, _, last = email.partition("@")[0].partition(".")
			contact(doc, first.title(), last.title(), email=email)
		if row["domain_allowed"]:
			domains.append({"domain": row["domain"], "party_type": doc.doctype, "party": doc.name})
	for row in WORLD["meetings"]:
		guests = [{"full_name": email, "email": email, "side": "Theirs"} for email in row["attendees"]]
		doc = meeting(participants=guests, starts_on="2099-03-20 10:00:00")
		frappe.db.set_value("Meeting", doc.name, "invitation_uid", row["uid"])
	settings = frappe.get_doc("CRM Interactions Settings")
	settings.update(
		{"capture_mail": "Known Contacts", "capture_domains": domains, "capture_limit": 20}
	).save()


def add_account(email: str, **fields) -> None:
	"""Insert an incoming account as a bare row, because saving one calls its server."""
	values = {"email_account_name": email, "email_id": email, "enable_incoming": 1, "use_imap": 0, **fields}
	frappe.get_doc({"doctype": "Email Account", "name": email, **values}).db_insert()


def deliver(*raw: bytes, to: str = "sales@pumps.example") -> list:
	"""Let an account receive mails; return the Communications, None for one that Frappe drops, without a commit."""
	account = frappe.get_doc("Email Account", to)
	account.get_incoming_server = lambda **_: Server(*raw)
	return [_process(one) for one in account.get_inbound_mails()]


def _process(received):
	try:
		return received.process()
	except SentEmailInInboxError:
		return None


def receiver_of(entry: dict) -> str:
	"""Return the account in which a mail of the table arrives."""
	head = mail.read(entry["file"]).partition(b"\r\n\r\n")[0].partition(b"\n\n")[0]
	lines = [line for line in head.decode("latin-1").splitlines() if line.lower().startswith("delivered-to:")]
	return lines[0].partition(":")[2].strip() if lines else "sales@pumps.example"
