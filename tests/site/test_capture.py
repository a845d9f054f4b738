"""What becomes of captured mail: one interaction for a Message-ID, items to assign, exclusions, answers, privacy."""

import frappe
import pytest
from frappe.desk.form import load

from crm_interactions.api import capture as api
from crm_interactions.api.activity import log
from crm_interactions.capture import capture, policy, privacy, refused
from crm_interactions.invitations import answers
from tests.site import mailbox
from tests.site.factories import contact, interaction, log_in, meeting, partner, record, user

ANA = "ana.horvat@adria.example"
STRANGER = "tom@unknown.example"
MARTA = "marta@pumps.example"


@pytest.fixture
def adria():
	return partner("Adria Trgovina")


@pytest.fixture
def ana(adria):
	return contact(adria, email=ANA)


@pytest.fixture(autouse=True)
def capturing(settings):
	user(MARTA, "Interaction User")
	settings(capture_mail=policy.KNOWN)


def mail(sender: str = ANA, to: str = MARTA, sent: bool = False, **fields):
	"""Insert a Communication as another program would, which captures it, and return it."""
	values = {"communication_type": "Communication", "communication_medium": "Email", "subject": "Price list"}
	values |= {"sender": sender, "recipients": to, "content": "<p>Please send the prices.</p>"}
	values |= {"sent_or_received": "Sent" if sent else "Received"}
	return record("Communication", **{**values, **fields})


def interaction_of(communication):
	found = capture("Communication", communication.name)
	assert found["doctype"] == "Interaction", found
	return frappe.get_doc("Interaction", found["name"])


def item_of(communication):
	found = capture("Communication", communication.name)
	assert found["doctype"] == "Captured Item", found
	return frappe.get_doc("Captured Item", found["name"])


def reasons(communication) -> list[str]:
	return frappe.get_all(refused.REFUSAL, {"source": communication.name}, pluck="reason")


def test_nothing_is_captured_by_default(settings, ana):
	settings(capture_mail="Nothing")
	communication = mail()
	assert capture("Communication", communication.name) is None
	assert not reasons(communication) and not frappe.db.count("Captured Item")


def test_a_mail_of_a_contact_becomes_an_interaction(adria, ana):
	doc = interaction_of(mail(message_id="one@adria.example"))
	assert (doc.party, doc.contact, doc.direction, doc.status) == (adria.name, ana.name, "Incoming", "Held")
	assert (doc.responsible, doc.title, doc.how_to_reach) == (MARTA, "Price list", ANA)
	assert [(row.participant, row.side) for row in doc.participants] == [
		(ana.name, "Theirs"),
		(MARTA, "Ours"),
	]
	assert "Please send the prices." in doc.notes and doc.chain


def test_one_message_id_is_one_interaction(ana):
	first, second = mail(message_id="one@adria.example"), mail(message_id="one@adria.example", sent=True)
	assert interaction_of(first).name == interaction_of(second).name
	assert capture("Communication", first.name) == capture("Communication", first.name)


def test_a_sent_mail_joins_the_chain_of_the_form_it_was_sent_from(adria, ana):
	call = interaction(adria)
	doc = interaction_of(
		mail(MARTA, ANA, sent=True, reference_doctype="Interaction", reference_name=call.name)
	)
	assert (doc.chain, doc.direction, doc.party) == (call.chain, "Outgoing", adria.name)


def test_an_answer_joins_the_chain_of_its_mail(adria, ana):
	first = mail(MARTA, ANA, sent=True)
	answer = mail(in_reply_to=first.name)
	assert interaction_of(answer).chain == interaction_of(first).chain


def test_answers_only_leaves_out_other_mail(settings, ana):
	settings(capture_mail=policy.ANSWERS)
	first = mail(MARTA, ANA, sent=True)
	assert capture("Communication", first.name) is None and reasons(first) == [refused.NO_ANSWER]
	assert interaction_of(mail(in_reply_to=first.name))


def test_an_account_has_its_own_setting(settings, ana):
	mailbox.add_account("sales@pumps.example")
	settings(capture_accounts=[{"email_account": "sales@pumps.example", "capture": "Nothing"}])
	assert capture("Communication", mail(email_account="sales@pumps.example").name) is None
	assert interaction_of(mail())


def test_mail_between_colleagues_is_refused():
	user("igor@pumps.example", "Interaction User")
	communication = mail(MARTA, "igor@pumps.example")
	assert capture("Communication", communication.name) is None and reasons(communication) == [
		refused.INTERNAL
	]


@pytest.mark.parametrize("pattern", [ANA, "adria.example", "@Adria.example", "Ana.Horvat@adria.example"])
def test_excluded_people_are_not_recorded(ana, pattern):
	record("Capture Exclusion", pattern=pattern)
	communication = mail()
	assert capture("Communication", communication.name) is None and reasons(communication) == [
		refused.EXCLUDED
	]


@pytest.mark.parametrize(
	("pattern", "name"),
	[
		("b8163299.example", "b8163299.example"),
		("@Pumps-01234567.example", "pumps-01234567.example"),
		("01234567.co.uk", "01234567.co.uk"),
		("+385 1 4567 890", "+38514567890"),
		("01.4567.890", "+38514567890"),
	],
)
def test_a_domain_with_digits_is_no_number(monkeypatch, pattern, name):
	monkeypatch.setattr(policy, "list_regions", lambda: ["HR"])
	assert record("Capture Exclusion", pattern=pattern).name == name


def test_do_not_record_on_the_contact_excludes_the_person(ana):
	ana.update({"do_not_record": 1}).save()
	assert capture("Communication", mail().name) is None
	second = mail(sender=STRANGER, to=f"{MARTA}, {ANA}")
	assert ANA not in (item_of(second).content or "")


def test_a_domain_identifies_a_partner_only_if_allowed(settings, adria):
	assert item_of(mail(sender="new@adria.example"))
	settings(capture_domains=[{"domain": "Adria.example", "party_type": adria.doctype, "party": adria.name}])
	assert interaction_of(mail(sender="other@adria.example")).party == adria.name


def test_an_address_of_contacts_of_two_partners_is_ambiguous(ana):
	contact(partner("Berg GmbH"), "Ana", "Berg", email=ANA)
	item = item_of(mail())
	proposals = api.list_candidates(item.name)
	assert {row["party_name"] for row in proposals} == {"Adria Trgovina", "Berg GmbH"}
	assert all(ANA in row["reason"] for row in proposals)


def test_items_of_an_address_are_limited_and_counted(settings):
	settings(capture_limit=2)
	mails = [mail(sender=STRANGER, message_id=f"{number}@unknown.example") for number in range(3)]
	assert [bool(capture("Communication", one.name)) for one in mails] == [True, True, False]
	assert reasons(mails[2]) == [refused.LIMIT]


def test_assigning_teaches_the_address_and_takes_the_siblings(adria, ana):
	first, second = mail(sender=STRANGER), mail(sender=STRANGER, subject="Reminder")
	item, sibling = item_of(first), item_of(second)
	log_in(MARTA, "Interaction User", *frappe.get_all("Role", {"name": "Sales User"}, pluck="name"))
	answer = api.assign(item.name, adria.doctype, adria.name, ana.name, teach=1)
	assert answer["siblings"] == [sibling.name]
	doc = interaction_of(first)
	assert (doc.name, doc.party, doc.contact) == (answer["name"], adria.name, ana.name)
	assert interaction_of(second).party == adria.name
	item.reload()
	assert (item.status, item.interaction, item.party) == ("Assigned", doc.name, adria.name)
	frappe.set_user("Administrator")
	assert interaction_of(mail(sender=STRANGER)).party == adria.name
	with pytest.raises(frappe.ValidationError):
		api.assign(item.name, adria.doctype, adria.name)


def test_a_foreign_contact_and_an_unknown_partner_are_refused(adria, ana):
	item = item_of(mail(sender=STRANGER))
	other = partner("Berg GmbH")
	for args in (
		(other.doctype, other.name, ana.name),
		("User", MARTA, None),
		(adria.doctype, "Nobody", None),
	):
		with pytest.raises(frappe.ValidationError):
			api.assign(item.name, *args)
	assert frappe.db.get_value("Captured Item", item.name, "status") == "To Assign"


@pytest.mark.parametrize("scope", ["this", "address", "domain"])
def test_ignoring_covers_what_was_chosen(scope):
	first, second = mail(sender=STRANGER), mail(sender=STRANGER, subject="Again")
	third = mail(sender="joe@unknown.example")
	items = [item_of(one).name for one in (first, second, third)]
	count = {"this": 1, "address": 2, "domain": 3}[scope]
	assert {*api.ignore(items[0], scope)["ignored"]} == {*items[:count]}
	assert [frappe.db.get_value("Captured Item", name, "status") for name in items].count("Ignored") == count
	later = mail(sender=STRANGER, subject="Later")
	assert bool(capture("Communication", later.name)) is (scope == "this")


def test_only_managers_exclude_a_domain():
	item = item_of(mail(sender=STRANGER))
	log_in(MARTA, "Interaction User")
	with pytest.raises(frappe.PermissionError):
		api.ignore(item.name, "domain")
	assert api.ignore(item.name, "address")["ignored"] == [item.name]


def test_items_of_a_colleague_are_theirs(settings):
	settings(visibility="Own and Team")
	user("igor@pumps.example", "Interaction User")
	mine, theirs = item_of(mail(sender=STRANGER)), item_of(mail(sender=STRANGER, to="igor@pumps.example"))
	log_in(MARTA, "Interaction User")
	assert frappe.get_list("Captured Item", pluck="name") == [mine.name]
	with pytest.raises(frappe.PermissionError):
		api.list_candidates(theirs.name)


def test_the_timeline_and_the_files_show_the_whole_mail(ana):
	communication = mail()
	doc = interaction_of(communication)
	record(
		"File",
		file_name="prices.txt",
		content="P-40: 400",
		is_private=1,
		attached_to_doctype="Communication",
		attached_to_name=communication.name,
	)
	assert [row["file_name"] for row in api.list_files(doc.name)] == ["prices.txt"]
	assert frappe.db.get_value("Interaction", doc.name, "has_attachment")
	log_in(MARTA, "Interaction User")
	api.get_file(doc.name, api.list_files(doc.name)[0]["file"])
	assert frappe.response.filecontent == b"P-40: 400"
	timeline = load._get_communications("Interaction", doc.name)
	assert communication.name in [row.name for row in timeline]


def test_files_of_other_documents_are_not_downloaded(ana):
	doc = interaction_of(mail())
	other = record("File", file_name="other.txt", content="x", is_private=1)
	with pytest.raises(frappe.DoesNotExistError):
		api.get_file(doc.name, other.name)


def test_the_origin_is_written_by_the_server_only(ana):
	communication = mail()
	doc = interaction_of(communication)
	doc.update({"source_type": None, "source": None, "source_key": None}).save()
	assert frappe.get_doc("Interaction", doc.name).source == communication.name
	typed = interaction(source_type="Communication", source=communication.name, source_key="x")
	assert not typed.source and not typed.source_key


def test_a_deleted_mail_leaves_its_interaction(ana):
	communication = mail()
	doc = interaction_of(communication)
	frappe.delete_doc("Communication", communication.name)
	doc.reload()
	assert not doc.source and doc.notes


def test_an_answer_to_an_invitation_is_set_on_the_meeting():
	doc = meeting(participants=[{"full_name": "Ana", "email": ANA, "side": "Theirs"}])
	frappe.db.set_value("Meeting", doc.name, "invitation_uid", "uid-1@example.com")
	assert answers.record("uid-1@example.com", ANA, "DECLINED", "On holiday <b>")
	doc.reload()
	assert doc.participants[0].answer == "Declined"
	doc.update({"title": "Other"})
	doc.participants[0].answer = "Accepted"
	assert doc.save().participants[0].answer == "Declined"
	assert not answers.record("uid-2@example.com", ANA, "ACCEPTED")
	comments = frappe.get_all(
		"Comment", {"reference_name": doc.name, "comment_type": "Info"}, pluck="content"
	)
	assert any("On holiday &lt;b&gt;" in text for text in comments)


def test_a_deletion_request_removes_the_text_and_keeps_the_fact(ana):
	doc = interaction_of(mail())
	doc.update({"completed": 1}).save()
	typed = interaction(how_to_reach=ANA, notes="Typed")
	privacy.forget(ANA.title())
	doc.reload()
	assert (doc.notes, doc.title, doc.how_to_reach) == (None, "Deleted", "Deleted")
	assert doc.party and doc.direction == "Incoming" and ANA not in str(doc.as_dict())
	assert "Typed" in frappe.db.get_value("Interaction", typed.name, "notes")


def test_a_deletion_request_of_the_platform_covers_items_numbers_and_former_values(
	settings, adria, mail_account
):
	settings(capture_sms=1)
	person = contact(adria, "Ana", "Horvat", email=ANA, phone="+385 98 7001 234")
	doc = interaction_of(mail())
	# in tests, Frappe writes no versions
	version = {"ref_doctype": "Interaction", "docname": doc.name, "data": "{}", "name": "former values"}
	frappe.get_doc({"doctype": "Version", **version}).db_insert()
	call = interaction_of_call("+385987001234")
	item = item_of(mail(sender=STRANGER))
	frappe.db.set_value("Captured Item", item.name, "contact", person.name)
	request = record("Personal Data Deletion Request", email=user(ANA).name)
	request.add_deletion_steps()
	for name in (doc.name, call):
		stored = frappe.get_doc("Interaction", name)
		assert (stored.notes, stored.title, stored.how_to_reach) == (None, "Deleted", "Deleted")
		assert stored.party == adria.name
	assert not frappe.db.exists("Version", {"docname": doc.name})
	assert not frappe.db.get_value("Captured Item", item.name, "content")


def interaction_of_call(number: str) -> str:
	"""Report a call of a number, and return the name of its interaction."""
	return log(event="ended", from_number=number, idempotency_key="privacy", title="Prices", duration=60)[
		"name"
	]
