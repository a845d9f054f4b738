"""Captured items and files of captured mails belong to the colleague: through each door, after each attempt (R26)."""

import json

import frappe
import pytest

from crm_interactions.capture import capture, policy
from tests.site.door import at, call
from tests.site.factories import contact, partner, record, user

pytestmark = pytest.mark.records_only
ME, OTHER = "curious@example.com", "igor@pumps.example"
STRANGER, ANA = "tom@unknown.example", "ana.horvat@adria.example"
SECRET = "Price of P-77"
CLIENT, METHODS = "method/frappe.client", "method/crm_interactions.api.capture"


def mail(sender: str) -> tuple[dict, str]:
	"""Return the record of a captured mail to OTHER, and the name of its file."""
	kind = {"communication_type": "Communication", "communication_medium": "Email"}
	about = {"subject": SECRET, "content": SECRET, "sender": sender, "recipients": OTHER}
	doc = record("Communication", **kind, **about, sent_or_received="Received")
	to = {"attached_to_doctype": "Communication", "attached_to_name": doc.name}
	file = record("File", file_name="prices.txt", content=SECRET, is_private=1, **to)
	return capture("Communication", doc.name), file.name


@pytest.fixture
def captured(settings):
	"""Capture a mail without and one with a partner for OTHER, and log in as ME; return both and a file."""
	for name in (ME, OTHER):
		user(name, "Interaction User")
	contact(partner("Adria Trgovina"), email=ANA)
	settings(visibility="Own and Team", capture_mail=policy.KNOWN)
	(item, _file), (interaction, file) = mail(STRANGER), mail(ANA)
	assert (item["doctype"], interaction["doctype"]) == ("Captured Item", "Interaction")
	frappe.set_user(ME)
	yield item["name"], interaction["name"], file
	frappe.set_user("Administrator")


def attempts(item: str, interaction: str) -> dict:
	"""Return attempts of ME at getting access, as requests."""
	named = {"doctype": "Captured Item", "name": item}
	about = {"reference_type": "Captured Item", "reference_name": item}
	shared = {"share_doctype": "Captured Item", "share_name": item, "user": ME, "read": 1}
	link = {"link_doctype": "Captured Item", "link_name": item}
	team = {"team_name": "Mine", "leader": ME, "members": [{"user": OTHER}]}
	return {
		"a share": call("POST", "method/frappe.share.add", {**named, "user": ME}, keep=True),
		"a stored share": call("POST", at("DocShare"), shared, keep=True),
		"an assignment": call(
			"POST", "method/frappe.desk.form.assign_to.add", {**named, "assign_to": [ME]}, keep=True
		),
		"a to-do": call("POST", at("ToDo"), {**about, "description": "x", "allocated_to": ME}, keep=True),
		"responsibility": call("PUT", at("Captured Item", item), {"responsible": ME}, keep=True),
		"a team": call("POST", at("Interaction Team"), team, keep=True),
		"a contact": call("POST", at("Contact"), {"first_name": "I", "user": ME, "links": [link]}, keep=True),
		"a tag": call(
			"POST",
			"method/frappe.desk.doctype.tag.tag.add_tag",
			{"tag": "x", "dt": "Captured Item", "dn": item},
			keep=True,
		),
		"a subject": call(
			"POST", at("Interaction"), {"subject_type": "Captured Item", "subject": item}, keep=True
		),
		"assigning it": call(
			"POST", f"{METHODS}.assign", {"item": item, "party_type": "Partner", "party": "x"}, keep=True
		),
		"ignoring it": call("POST", f"{METHODS}.ignore", {"item": item}, keep=True),
		"a share of the interaction": call(
			"POST",
			"method/frappe.share.add",
			{"doctype": "Interaction", "name": interaction, "user": ME},
			keep=True,
		),
	}


def doors(item: str, interaction: str, file: str) -> dict:
	"""Return the answers of the doors to an item, an interaction captured for a colleague, and its files."""
	title = {"doctype": "Captured Item", "filters": json.dumps({"name": item})}
	return {
		"REST": call("GET", at("Captured Item", item)),
		"REST of version 2": call("GET", at("Captured Item", item, 2)),
		"form": call("GET", "method/frappe.desk.form.load.getdoc", doctype="Captured Item", name=item),
		"list": call("GET", f"{CLIENT}.get_list", **title, fields=json.dumps(["title", "address"])),
		"value": call("GET", f"{CLIENT}.get_value", **title, fieldname="title"),
		"link": call("GET", "method/frappe.desk.search.search_link", doctype="Captured Item", txt=SECRET[:5]),
		"print": call(
			"GET", "method/frappe.www.printview.get_html_and_style", doc="Captured Item", name=item
		),
		"proposals": call("GET", f"{METHODS}.list_candidates", item=item),
		"files": call("GET", f"{METHODS}.list_files", interaction=interaction),
		"file": call("GET", f"{METHODS}.get_file", interaction=interaction, file=file),
		# Frappe's list of files names those of all mails, as far as a user may read mails at all
		"file itself": call("GET", at("File", file)),
	}


def leaks(answers: dict, *secrets: str) -> list[str]:
	return [door for door, answer in answers.items() if any(secret in answer.text for secret in secrets)]


def test_no_door_shows_them(captured):
	item, interaction, file = captured
	answers = doors(item, interaction, file)
	assert not leaks(answers, SECRET, STRANGER, "prices.txt")
	# the list and the searches answer with nothing, all others refuse
	listed = ("list", "value", "link")
	assert not [door for door, answer in answers.items() if not answer.refused and door not in listed]


def test_no_attempt_opens_a_door(captured):
	item, interaction, file = captured
	tried = attempts(item, interaction)
	assert tried["a share"].refused and tried["assigning it"].refused and tried["ignoring it"].refused
	frappe.clear_cache()
	assert not leaks(doors(item, interaction, file), SECRET, STRANGER, "prices.txt")
	assert frappe.db.get_value("Captured Item", item, ["responsible", "status"]) == (OTHER, "To Assign")


def test_the_colleague_reads_them(captured):
	item, interaction, file = captured
	frappe.set_user(OTHER)
	answers = doors(item, interaction, file)
	assert {"REST", "form", "list", "value", "link", "file"} <= {*leaks(answers, SECRET, "prices.txt")}
