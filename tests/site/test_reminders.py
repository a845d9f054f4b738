"""Reminders before an activity is due and once it is late: whom, when, how, and each once (R23)."""

from datetime import timedelta

import frappe
import pytest
from factories import interaction, meeting, partner, user
from frappe.core.doctype.log_settings.log_settings import run_log_clean_up
from frappe.model.base_document import get_controller
from frappe.model.rename_doc import rename_doc
from frappe.translate import clear_cache
from frappe.utils import get_datetime
from post import bell, forget_account, html, mails, text
from reminding import NOW, REMINDER, change_user, one_reader, reader, recorded, site_in

from crm_interactions.api import activity as api
from crm_interactions.reminders import reminders, sent_log
from crm_interactions.setup import new_settings

pytestmark = pytest.mark.records_only
ANA, IVO = "ana@example.com", "ivo@example.com"
AT_TEN = "2100-06-01 10:00:00"


@pytest.fixture(autouse=True)
def surroundings(monkeypatch):
	with one_reader(monkeypatch, ANA):
		yield


@pytest.fixture
def slovenian():
	"""Return a function that translates; what is cached of it goes with the test."""

	def translate(source: str, translated: str) -> None:
		values = {"language": "sl", "source_text": source, "translated_text": translated}
		frappe.get_doc({"doctype": "Translation", **values}).insert()

	yield translate
	frappe.db.rollback()
	clear_cache()


@pytest.fixture
def error_log():
	"""MariaDB keeps the log of errors whatever becomes of the transaction."""
	ours = {"method": "Reminder Not Sent"}
	frappe.db.delete("Error Log", ours)
	yield lambda: frappe.get_all("Error Log", ours, ["reference_name", "error"])
	frappe.db.delete("Error Log", ours)


def plan(starts_on: str = AT_TEN, responsible: str = ANA, **fields):
	return interaction(starts_on=starts_on, responsible=responsible, status="Planned", **fields)


def send(minutes: float = 0):
	"""Run so many minutes after ten to ten."""
	return reminders.send_due_reminders(NOW + timedelta(minutes=minutes))


def kinds(doc) -> list[str]:
	return [row.kind for row in recorded(activity=doc.name)]


def test_before_it_is_due_in_the_desk_and_by_mail():
	of = partner("Sever & Sons")
	doc = plan(of=of, title="Price & terms")
	assert send() == {"Sent": 1}
	(row,) = recorded()
	assert (row.kind, row.user, row.activity_type, row.activity) == (
		"Before Due",
		ANA,
		"Interaction",
		doc.name,
	)
	assert (row.due, row.result) == (get_datetime(AT_TEN), "Sent")
	assert row.sent_on
	(said,) = bell(ANA)
	assert '<b class="subject-title">Price &amp; terms</b> is planned for 10:00.' in said
	(mail,) = mails(ANA)
	assert mail["Subject"] == "Reminder: Price & terms (10:00)"
	assert "Price &amp; terms" in html(mail)
	assert "Sever &amp; Sons" in html(mail)
	assert f"/app/interaction/{doc.name}" in html(mail)
	assert "Sever & Sons" in text(mail)


def test_script_in_the_topic_is_text_in_the_mail_and_under_the_bell():
	"""Also where it was never cleaned, as the platform does when it saves."""
	doc = plan()
	evil = '"><img src=x onerror=alert(1)>'
	frappe.db.set_value("Interaction", doc.name, {"title": evil, "party_name": evil, "how_to_reach": evil})
	frappe.db.set_value("Activity Link", {"activity": doc.name}, "title", evil)
	assert send() == {"Sent": 1}
	for told in (html(mails(ANA)[0]), *bell(ANA)):
		assert "<img src=x" not in told
	assert "&lt;img" in html(mails(ANA)[0])


def test_each_once():
	plan()
	send()
	for minutes in (0, 5, 9):
		assert not send(minutes)
	assert (len(recorded()), len(bell(ANA)), len(mails(ANA))) == (1, 1, 1)


def test_a_meeting_too():
	doc = meeting(starts_on=AT_TEN, responsible=ANA, status="Planned")
	send()
	assert kinds(doc) == ["Before Due"]


def test_overdue_once_it_is():
	doc = plan()
	assert send(10) == {}
	assert send(15) == {"Sent": 1}
	assert send(15) == {}
	assert kinds(doc) == ["Late"]
	assert "was planned for 10:00 and isn't done yet." in bell(ANA)[0]
	assert mails(ANA)[0]["Subject"].startswith("Late: ")


def test_before_and_overdue_are_two():
	doc = plan()
	send()
	send(15)
	assert kinds(doc) == ["Before Due", "Late"]


def test_after_three_days_without_a_scheduler():
	"""What was to be told before has become late, and is told as that, once."""
	missed, coming = plan(), plan("2100-06-04 09:55:00")
	assert send(3 * 24 * 60) == {"Sent": 2}
	assert (kinds(missed), kinds(coming)) == (["Late"], ["Before Due"])
	assert "2100" in bell(ANA)[-1] or "2100" in bell(ANA)[0]


def test_plans_of_years_ago_are_left_to_the_digest():
	plan("2100-04-01 10:00:00")
	assert send() == {}


@pytest.mark.parametrize(
	"of_user, of_type, of_settings, is_told",
	[
		(0, 0, 15, True),
		(0, 0, 5, False),
		(0, 10, 5, True),
		(5, 10, 15, False),
		(10, 5, 5, True),
		(-1, 10, 15, False),
	],
)
def test_minutes_of_the_user_the_type_and_the_settings(of_user, of_type, of_settings, is_told, settings):
	"""Ten minutes before, who is told?"""
	settings(remind_before=of_settings)
	frappe.db.set_value("Interaction Type", "Phone Call", "remind_before", of_type)
	frappe.db.set_value("Notification Settings", ANA, "interaction_remind_before", of_user)
	plan()
	assert bool(send()) is is_told


def test_a_type_may_want_none():
	frappe.db.set_value("Interaction Type", "Phone Call", "remind_before", -1)
	plan()
	assert send() == {}


def test_switched_off_for_the_site(settings):
	settings(remind_before=0, remind_late=0)
	plan()
	assert send() == send(15) == {}


@pytest.mark.parametrize(
	"wishes, in_desk, by_mail",
	[
		({}, 1, 1),
		({"interaction_reminders": 0}, 0, 1),
		({"interaction_reminders_by_email": 0}, 1, 0),
		({"enabled": 0}, 0, 1),
		({"enable_email_notifications": 0}, 1, 0),
		({"interaction_reminders": 0, "interaction_reminders_by_email": 0}, 0, 0),
	],
)
def test_switched_by_the_user(wishes, in_desk, by_mail):
	reader(ANA, **wishes)
	plan()
	send()
	assert (len(bell(ANA)), len(mails(ANA))) == (in_desk, by_mail)
	assert [row.result for row in recorded()] == ["Sent" if in_desk or by_mail else "Passed Over"]


def test_a_site_without_an_account_reminds_in_the_desk():
	frappe.db.delete("Email Account", {"name": "Office"})
	forget_account()
	plan()
	assert send() == {"Sent": 1}
	assert (len(bell(ANA)), len(mails(ANA))) == (1, 0)


@pytest.mark.parametrize("status", ["Held", "Not Held", "Cancelled"])
def test_what_is_over_is_told_to_nobody(status):
	doc = plan()
	doc.status = status
	doc.save()
	assert send() == send(15) == {}


def test_what_is_deleted_takes_its_reminders_along():
	doc = plan()
	send()
	frappe.delete_doc("Interaction", doc.name)
	assert not recorded()
	assert send(15) == {}


def test_a_new_time_has_a_reminder_of_its_own():
	doc = plan()
	send()
	doc.starts_on = "2100-06-01 12:00:00"
	doc.save()
	assert send(15) == {}
	assert send(2 * 60) == {"Sent": 1}
	assert [row.due for row in recorded()] == [get_datetime(AT_TEN), get_datetime("2100-06-01 12:00:00")]


def test_whoever_takes_over_is_told_as_well():
	reader(IVO)
	doc = plan()
	send()
	doc.responsible = IVO
	doc.save()
	assert send(5) == {"Sent": 1}
	assert [row.user for row in recorded()] == [ANA, IVO]


def test_a_renamed_activity_is_not_told_again():
	doc = plan()
	send()
	rename_doc("Interaction", doc.name, "INT-2100-RENAMED", force=True)
	assert [row.activity for row in recorded()] == ["INT-2100-RENAMED"]
	assert send(5) == {}


def test_nor_one_that_became_a_meeting():
	doc = plan(interaction_type="Planned", participants=[{"full_name": "Petra", "side": "Theirs"}])
	send()
	answer = api.convert(doc.doctype, doc.name, "Meeting")
	assert answer["doctype"] == "Meeting"
	assert [(row.activity_type, row.activity) for row in recorded()] == [("Meeting", answer["name"])]
	assert send(5) == {}


def test_nothing_for_whoever_is_disabled():
	plan()
	change_user(ANA, enabled=0)
	assert send() == {}


def test_nothing_for_whoever_may_not_read_it():
	reader(IVO, "Report Manager")
	plan(responsible=IVO)
	assert send() == {"Passed Over": 1}
	assert (bell(IVO), mails(IVO)) == ([], [])
	assert send(1) == {}


def test_one_bad_record_stops_no_other(slovenian, error_log):
	"""A translation that asks for a value that isn't there breaks the sentence in one language."""
	reader(IVO)
	change_user(IVO, language="sl")
	slovenian("{0} is planned for {1}.", "{7} ob {1}.")
	bad, good = plan(responsible=IVO), plan("2100-06-01 10:01:00")
	assert send() == {"Failed": 1, "Sent": 1}
	assert {row.activity: row.result for row in recorded()} == {bad.name: "Failed", good.name: "Sent"}
	(logged,) = error_log()
	assert logged.reference_name == bad.name
	assert "IndexError" in logged.error
	assert (bell(IVO), len(bell(ANA))) == ([], 1)
	assert send(1) == {}
	assert len(error_log()) == 1


def test_in_the_reader_s_language_and_time_zone(slovenian):
	site_in("Europe/Zagreb")
	change_user(ANA, language="sl", time_zone="America/New_York")
	slovenian("{0} is planned for {1}.", "{0} je na vrsti ob {1}.")
	plan()
	send()
	assert "je na vrsti ob 04:00." in bell(ANA)[0]
	assert frappe.local.lang == "en"


def test_more_than_a_page():
	first = plan()
	names = [first.name, *(f"{first.name}-{number:04d}" for number in range(reminders.PAGE + 20))]
	for doctype, key in (("Interaction", "name"), ("Activity Link", "activity")):
		known = frappe.db.get_value(doctype, {key: first.name}, "*", as_dict=True)
		copies = ({**known, "name": frappe.generate_hash(length=12), key: name} for name in names[1:])
		frappe.db.bulk_insert(doctype, list(known), [tuple(copy.values()) for copy in copies])
	reader(ANA, interaction_reminders_by_email=0)
	assert send() == {"Sent": len(names)}
	assert {row.activity for row in recorded()} == {*names}
	assert send() == {}


def test_a_run_stops_in_time_and_the_next_goes_on():
	plan(), plan("2100-06-01 10:01:00")
	assert reminders.send_due_reminders(NOW, until=0) == {}
	assert send() == {"Sent": 2}


def test_the_database_takes_each_once():
	"""A second scheduler that read the page at the same moment finds the key taken."""
	plan()
	send()
	row = recorded()[0]
	entry = {**row, "reminder_key": frappe.db.get_value(REMINDER, {"user": ANA}, "reminder_key")}
	assert sent_log.send_once({**entry, "result": None}, lambda: lambda name: None) is None
	assert len(recorded()) == 1
	assert not frappe.local.message_log


def test_everybody_sees_his_own(as_user):
	reader(IVO)
	plan(), plan(responsible=IVO)
	send()
	his = frappe.db.get_value(REMINDER, {"user": IVO})
	as_user(ANA)
	assert frappe.get_list(REMINDER, pluck="user") == [ANA]
	assert not frappe.has_permission(REMINDER, "read", doc=his)
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc({"doctype": REMINDER, "kind": "Late", "user": ANA, "due": AT_TEN}).insert()
	user("chief.of.all@example.com", "Interaction Administrator")
	as_user("chief.of.all@example.com")
	assert {*frappe.get_list(REMINDER, pluck="user", limit=0)} >= {ANA, IVO}


def test_old_ones_go_by_the_platform_s_log_settings():
	plan(starts_on=str(frappe.utils.add_to_date(None, days=-100)))
	recent = plan(starts_on=str(frappe.utils.add_to_date(None, days=-60)))
	for row in frappe.get_all("Activity Link", {"status": "Planned", "responsible": ANA}, ["activity_date"]):
		reminders.send_due_reminders(row.activity_date + timedelta(minutes=1))
	of_ana = {"user": ANA, "due": ("is", "set")}
	assert len(recorded(**of_ana)) == 2
	run_log_clean_up()
	assert [row.activity for row in recorded(**of_ana)] == [recent.name]
	get_controller(REMINDER).clear_old_logs(days=1)
	assert not recorded(**of_ana)


@pytest.mark.parametrize("hour", [-1, 24])
def test_an_hour_that_no_day_has(hour, settings):
	with pytest.raises(frappe.ValidationError, match="0 to 23"):
		settings(digest_hour=hour)


@pytest.mark.parametrize("hour", [0, 23])
def test_the_first_and_the_last_hour_of_a_day(hour, settings):
	settings(digest_hour=hour)
	assert frappe.db.get_single_value("CRM Interactions Settings", "digest_hour") == hour


def test_settings_that_came_later_begin_with_their_defaults():
	name = "CRM Interactions Settings"
	frappe.db.delete("Singles", {"doctype": name, "field": ("in", ("remind_before", "remind_late"))})
	frappe.db.set_single_value(name, "digest_hour", 0)
	new_settings.fill_defaults()
	doc = frappe.get_doc(name)
	assert (doc.remind_before, doc.remind_late, doc.digest_hour) == (15, 1, 0)
