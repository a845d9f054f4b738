"""A round trip through real mail servers: received, filed, answered from the form, answered again; fetched twice (R28)."""

import tempfile
from pathlib import Path

import frappe
import pytest
from frappe.core.doctype.communication.email import make

from crm_interactions.capture import capture
from tests.concurrency import mail_servers
from tests.concurrency.scenery import fresh
from tests.site.factories import contact, partner, user

OURS, SELLER, ANA = "sales@pumps.example", "seller@pumps.example", "ana.round@adria.example"
SETTINGS = "CRM Interactions Settings"


@pytest.fixture(scope="module")
def post(site):
	home = Path(tempfile.mkdtemp(prefix="mail-"))
	home.chmod(0o755)
	with mail_servers.running(home) as servers:
		yield servers


@pytest.fixture
def account(site, post):
	"""Return an account on the servers; capture all mail, and send mails, until the test ends."""
	muted = frappe.flags.mute_emails, frappe.local.conf.mute_emails
	frappe.flags.mute_emails = frappe.local.conf.mute_emails = 0
	user(SELLER, "Interaction User")
	values = {"email_id": OURS, "email_account_name": "Sales", "password": mail_servers.PASSWORD}
	incoming = {"enable_incoming": 1, "use_imap": 1, "email_server": "127.0.0.1", "email_sync_option": "ALL"}
	incoming |= {"incoming_port": post.imap_port, "imap_folder": [{"folder_name": "INBOX"}]}
	outgoing = {"enable_outgoing": 1, "default_outgoing": 1, "smtp_server": "127.0.0.1"}
	outgoing |= {"smtp_port": post.smtp_port, "no_smtp_authentication": 1}
	doc = frappe.get_doc({"doctype": "Email Account", **values, **incoming, **outgoing}).insert()
	frappe.db.set_single_value(SETTINGS, "capture_mail", "Known Contacts")
	frappe.db.commit()
	frappe.clear_cache()
	yield doc
	fresh()
	frappe.db.set_single_value(SETTINGS, "capture_mail", "Nothing")
	frappe.delete_doc("Email Account", doc.name, force=True)
	frappe.db.commit()
	frappe.clear_cache()
	frappe.flags.mute_emails, frappe.local.conf.mute_emails = muted


def fetch(account) -> list[str]:
	"""Receive mail as the scheduler does; return the names of the interactions with Ana, oldest first."""
	frappe.get_doc("Email Account", account.name).receive()
	frappe.db.commit()
	with_ana = {"source_key": ("is", "set"), "contact_key": ANA}
	return frappe.get_all("Interaction", with_ana, pluck="name", order_by="creation, name")


def answer_from_form(interaction: str, text: str) -> None:
	"""Send a mail with the composer of an interaction's form, as its user, and work off the queue."""
	frappe.set_user(SELLER)
	made = make(
		doctype="Interaction",
		name=interaction,
		subject="Re: Prices of pumps",
		content=text,
		sender=SELLER,
		recipients=ANA,
		send_email=True,
	)
	frappe.set_user("Administrator")
	frappe.db.commit()
	for name in frappe.get_all("Email Queue", {"communication": made["name"]}, pluck="name"):
		frappe.get_doc("Email Queue", name).send()
	frappe.db.commit()


def test_a_mail_its_answer_and_the_answer_to_that_are_one_chain(post, account):
	ana = contact(partner("Adria Round Trip"), "Ana", "Round", email=ANA)
	frappe.db.commit()
	post.send(
		f"Ana Round <{ANA}>",
		OURS,
		"Prices of pumps",
		"What is the price of P-40?",
		Message_ID="<one@adria.example>",
	)
	(first,) = fetch(account)
	assert frappe.db.get_value("Interaction", first, "contact") == ana.name

	answer_from_form(first, "<p>It is 400.</p>")
	(received,) = post.mails(ANA)
	assert "400" in received.as_string()
	assert len(fetch(account)) == 2

	post.send(
		ANA,
		OURS,
		"Re: Prices of pumps",
		"Agreed.\n\nOn Mon, 2 Mar 2026 at 10:00, Sales <sales@pumps.example> wrote:\n> It is 400.\n",
		Message_ID="<two@adria.example>",
		In_Reply_To=received["Message-ID"],
	)
	found = fetch(account)
	assert len(found) == 3
	rows = frappe.get_all("Interaction", {"name": ("in", found)}, ["name", "chain", "direction", "notes"])
	assert len({row.chain for row in rows}) == 1
	assert sorted(row.direction for row in rows) == ["Incoming", "Incoming", "Outgoing"]
	assert next(row.notes for row in rows if row.name == found[-1]).count("It is 400") == 0

	# fetched again from the first on, as Frappe goes on after the highest number that it knows
	frappe.db.set_value("Communication", {"email_account": account.name}, "uid", 0)
	frappe.db.commit()
	duplicates = frappe.db.count("Capture Refusal", {"reason": "duplicate"})
	assert fetch(account) == found
	assert frappe.db.count("Capture Refusal", {"reason": "duplicate"}) >= duplicates + 2
	sources = frappe.get_all("Interaction", {"name": ("in", found)}, pluck="source")
	assert {capture("Communication", source)["name"] for source in sources} == {*found}
