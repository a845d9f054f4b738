"""An mbox or a folder of .eml files is brought in once, sent mail too (B10)."""

import mailbox

import frappe
import pytest

from crm_interactions.integrations.frappe import mail_files
from tests.data import mail
from tests.site import mailbox as world

ACCOUNT = "sales@pumps.example"
FILES = ("thread_1_offer.eml", "thread_2_answer.eml", "newsletter_mailchimp.eml", "people_unknown.eml")
RESULTS = {"Interaction": 2, "list": 1, "Captured Item": 1}


@pytest.fixture(autouse=True)
def capturing(monkeypatch):
	world.build_world()
	# the test is rolled back
	monkeypatch.setattr(frappe.db, "commit", lambda: None)


def as_mbox(folder):
	box = mailbox.mbox(folder / "old.mbox")
	for name in FILES:
		box.add(mail.read(name))
	box.close()
	return folder / "old.mbox"


def as_folder(folder):
	inner = folder / "2025"
	inner.mkdir()
	for name in FILES:
		(inner / name).write_bytes(mail.read(name))
	return folder


@pytest.mark.parametrize("stored", [as_mbox, as_folder])
def test_each_mail_is_brought_in_once(stored, tmp_path):
	path = str(stored(tmp_path))
	assert mail_files.bring_in(path, ACCOUNT) == RESULTS
	assert mail_files.bring_in(path, ACCOUNT) == {"duplicate": len(FILES)}
	chains = frappe.get_all("Interaction", {"source_key": ("is", "set")}, pluck="chain")
	assert len(chains) == 2 and len({*chains}) == 1


def test_sent_mail_is_outgoing(tmp_path):
	text = (
		f"From: {ACCOUNT}\nTo: ana.horvat@adria.example\nSubject: Offer\nMessage-ID: <s@x.example>\n\nHello\n"
	)
	(tmp_path / "sent.eml").write_text(text)
	assert mail_files.bring_in(str(tmp_path / "sent.eml"), ACCOUNT) == {"Interaction": 1}
	assert frappe.db.get_value("Interaction", {"title": "Offer"}, "direction") == "Outgoing"


def test_a_missing_path_and_capture_that_is_off_are_refused(tmp_path, settings):
	with pytest.raises(frappe.ValidationError, match="no file or folder"):
		mail_files.bring_in(str(tmp_path / "none.mbox"), ACCOUNT)
	settings(capture_mail="Nothing")
	with pytest.raises(frappe.ValidationError, match="not captured"):
		mail_files.bring_in(str(tmp_path), ACCOUNT)
