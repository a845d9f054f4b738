"""Call Log and CRM Call Log become interactions, once they have ended, and follow their changes (R28)."""

import frappe
import pytest

from crm_interactions.api import capture as api
from crm_interactions.capture import calls, capture, records
from tests.site.capturing import DAY, OURS, START, THEIRS, became, interactions_of, log
from tests.site.chain_checks import chain_of, row_of
from tests.site.factories import change_record, contact, partner, record, user
from tests.site.other_apps import deal, employee, need, organization

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("consistent", "on")]
MEMBER = "answers@example.com"


@pytest.fixture
def on(settings):
	settings(capture_calls=1, respect_working_time=0)


@pytest.fixture(params=["Call Log", "CRM Call Log"])
def doctype(request) -> str:
	need({"Call Log": "erpnext", "CRM Call Log": "crm"}[request.param])
	return request.param


@pytest.fixture
def caller():
	return contact(partner(), phone=THEIRS)


def by(doctype: str, *, incoming: bool = True) -> dict:
	"""Return the fields of a log that name the colleague."""
	name = user(MEMBER, "Interaction User").name
	if doctype == "Call Log":
		return {"employee_user_id": name}
	return {"receiver" if incoming else "caller": name}


@pytest.mark.parametrize("status", ["Ringing", "In Progress", "Queued"])
def test_a_call_that_goes_on_is_not_captured(doctype, caller, status):
	assert became(log(doctype, status=status)) is None
	assert not frappe.db.exists("Capture Refusal", {"source_type": doctype})


@pytest.mark.parametrize("incoming", [True, False])
def test_an_answered_call_becomes_an_interaction(doctype, caller, incoming):
	doc = became(
		log(
			doctype,
			incoming=incoming,
			recording_url="https://pbx.example.com/7?a=1&b=2",
			**by(doctype, incoming=incoming),
		)
	)
	link = caller.links[0]
	assert (doc.party_type, doc.party, doc.contact) == (link.link_doctype, link.link_name, caller.name)
	assert (doc.direction, doc.status, doc.duration) == ("Incoming" if incoming else "Outgoing", "Held", 90)
	assert (doc.how_to_reach, doc.interaction_type, doc.responsible) == (THEIRS, "Phone Call", MEMBER)
	assert str(doc.starts_on) == START
	assert 'href="https://pbx.example.com/7?a=1&amp;b=2"' in doc.notes
	assert not doc.completed


@pytest.mark.parametrize("status", ["Failed", "Busy", "No Answer", "Canceled"])
def test_a_call_without_an_answer_is_not_held_and_has_no_length(doctype, caller, status):
	doc = became(log(doctype, status=status, incoming=False, duration=20))
	assert (doc.status, doc.duration or 0) == ("Not Held", 0)


@pytest.mark.parametrize(
	"address", ["javascript:alert(1)", "//evil.example.com/x", "data:text/html,x", "", "http://", "http://[x"]
)
def test_only_safe_addresses_become_links(address):
	assert calls.recording_link(address) == ""


def test_a_changed_log_updates_its_interaction(doctype, caller):
	made = log(doctype, recording_url=None)
	first = became(made)
	change_record(made, duration=125, recording_url="https://pbx.example.com/rec")
	doc = became(made)
	assert (doc.name, doc.duration, interactions_of(made)) == (first.name, 125, 1)
	assert 'href="https://pbx.example.com/rec"' in doc.notes
	modified = doc.modified
	change_record(made.reload(), medium="Exotel")
	assert became(made).modified == modified


def test_values_of_a_user_stay(doctype, caller):
	made = log(doctype)
	change_record(became(made), duration=600, notes="<p>Wants two pumps.</p>", title="Two pumps")
	change_record(made.reload(), duration=125, recording_url="https://pbx.example.com/rec", status="Failed")
	doc = became(made)
	assert (doc.duration, doc.title, doc.status) == (600, "Two pumps", "Not Held")
	assert doc.notes.startswith("<p>Wants two pumps.</p>")
	assert doc.notes.count("https://pbx.example.com/rec") == 1
	change_record(doc, status="Held")
	change_record(made.reload(), duration=130, status="Busy", recording_url="https://pbx.example.com/rec")
	doc = became(made)
	assert (doc.duration, doc.status, doc.notes.count("pbx.example.com/rec")) == (600, "Held", 1)


def test_a_corrected_end_counts_as_the_users_period(doctype, caller):
	made = log(doctype)
	change_record(became(made), ends_on=f"{DAY} 11:00:00", duration=3600)
	change_record(made.reload(), duration=125, start_time=f"{DAY} 09:59:00")
	doc = became(made)
	assert (str(doc.starts_on), doc.duration) == (START, 3600)


def test_a_completed_interaction_stays(doctype, caller):
	made = log(doctype)
	change_record(became(made), completed=1)
	change_record(made.reload(), duration=125)
	assert became(made).duration == 90


def test_capture_gives_the_same_each_time(doctype, caller, settings):
	settings(capture_calls=0)
	made = log(doctype)
	assert capture(doctype, made.name) is None
	settings(capture_calls=1)
	first = capture(doctype, made.name)
	assert first == capture(doctype, made.name) == records.find((doctype, made.name))
	assert first["doctype"] == "Interaction"


def test_one_call_in_two_logs_is_one_interaction(caller):
	need("erpnext", "crm")
	first = became(log("Call Log", id="CA-1"))
	log("CRM Call Log", id="CA-1")
	assert frappe.db.count("Interaction", {"source_key": first.source_key}) == 1


def test_an_unknown_caller_waits_to_be_assigned(doctype):
	made = log(doctype)
	item = became(made)
	assert (item.doctype, item.status, item.address, item.medium) == (
		"Captured Item",
		"To Assign",
		THEIRS,
		"Phone Call",
	)
	change_record(made, duration=99)
	assert '"duration": 99' in became(made).content


@pytest.mark.parametrize("number", ["", "anonymous", OURS])
def test_withheld_numbers_and_colleagues_are_counted_only(doctype, number):
	frappe.db.set_value("User", user(MEMBER, "Interaction User").name, "mobile_no", OURS)
	made = log(doctype, **{"from": number or "0" if doctype == "CRM Call Log" and not number else number})
	if number or doctype == "Call Log":
		assert became(made) is None
		assert frappe.db.exists("Capture Refusal", {"source_type": doctype, "source": made.name})


def test_an_excluded_number_leaves_no_trace(doctype, caller):
	record("Capture Exclusion", pattern=THEIRS)
	made = log(doctype)
	assert became(made) is None
	assert not row_of(made)


def test_the_number_of_an_employee_tells_the_user():
	need("erpnext")
	employee(user(MEMBER, "Interaction User").name, cell_number=OURS)
	contact(partner(), phone=THEIRS)
	assert became(log("Call Log")).responsible == MEMBER


class TestFrappeCRM:
	@pytest.fixture(autouse=True)
	def crm(self):
		need("crm")

	def test_a_call_of_a_deal_enters_its_chain(self):
		about = deal()
		made = log("CRM Call Log", reference_doctype=about.doctype, reference_docname=about.name)
		doc = became(made)
		assert (doc.party_type, doc.party) == ("CRM Organization", about.organization)
		assert doc.chain == chain_of(about)

	def test_a_captured_call_is_in_the_journal_once(self):
		about = deal()
		made = log(
			"CRM Call Log", status="Ringing", reference_doctype=about.doctype, reference_docname=about.name
		)
		assert not row_of(made)
		change_record(made, status="Completed")
		assert not row_of(made)
		assert row_of(became(made)).chain == chain_of(about)
		assert frappe.db.get_value("Interaction Chain", chain_of(about), "activity_count") == 2

	def test_a_call_from_before_capture_passes_its_chain_on(self, settings):
		settings(capture_calls=0)
		contact(organization("Brod"), phone=THEIRS)
		made = log("CRM Call Log")
		chain = chain_of(made)
		settings(capture_calls=1)
		change_record(made, duration=99)
		assert not row_of(made)
		assert became(made).chain == chain

	def test_a_call_from_before_capture_keeps_its_row_while_it_waits(self, settings):
		settings(capture_calls=0)
		made = log("CRM Call Log")
		chain = chain_of(made)
		settings(capture_calls=1)
		change_record(made, duration=99)
		item = became(made)
		assert (item.doctype, chain_of(made)) == ("Captured Item", chain)
		shop = partner("Brod")
		api.assign(item.name, shop.doctype, shop.name)
		assert not row_of(made)
		assert became(made).chain == chain

	def test_calls_are_activities_of_their_own_without_capture(self, settings):
		settings(capture_calls=0)
		assert row_of(log("CRM Call Log"))

	def test_the_notes_of_a_call_are_in_the_interaction(self, caller):
		note = record("FCRM Note", title="Call", content="<p>Likes blue</p>")
		made = log("CRM Call Log", note=note.name)
		assert "Likes blue" in became(made).notes
