"""Reminders before an activity is due and once it is late: recipients, times, channels, and each only once (R23)."""

from datetime import timedelta

import frappe
import pytest
from bs4 import BeautifulSoup
from frappe.core.doctype.log_settings.log_settings import run_log_clean_up
from frappe.model.base_document import get_controller
from frappe.model.rename_doc import rename_doc
from frappe.translate import clear_cache
from frappe.utils import get_datetime

from crm_interactions.api import activity as api
from crm_interactions.reminders import reminders, sent_log
from crm_interactions.setup import new_settings
from tests.site.factories import change_record, interaction, log_in, meeting, partner, record
from tests.site.post import bell, forget_account, html, mails, text
from tests.site.reminding import NOW, REMINDER, change_user, one_reader, reader, recorded, site_in

pytestmark = pytest.mark.records_only
ANA, IVO = "ana@example.com", "ivo@example.com"
AT_TEN = "2100-06-01 10:00:00"


surroundings = one_reader(ANA)


@pytest.fixture
def slovenian():
	"""Return a function that adds a Slovenian translation; clear the cached translations after the test."""

	def translate(source: str, translated: str) -> None:
		record("Translation", language="sl", source_text=source, translated_text=translated)

	yield translate
	frappe.db.rollback()
	clear_cache()


@pytest.fixture
def error_log():
	"""Return a function that reads the error log, which MariaDB keeps after a rollback."""
	filters = {"method": "Reminder Not Sent"}
	frappe.db.delete("Error Log", filters)
	yield lambda: frappe.get_all("Error Log", filters, ["reference_name", "error"])
	frappe.db.delete("Error Log", filters)


def plan(starts_on: str = AT_TEN, responsible: str = ANA, **fields):
	return interaction(starts_on=starts_on, responsible=responsible, status="Planned", **fields)


def send(minutes: float = 0):
	"""Send the reminders that are due some minutes after 9:50."""
	return reminders.send_due_reminders(NOW + timedelta(minutes=minutes))


@pytest.fixture
def reminded():
	"""Return a planned call after its reminder."""
	doc = plan()
	assert send() == {"Sent": 1}
	return doc


def kinds(doc) -> list[str]:
	return [row.kind for row in recorded(activity=doc.name)]


def test_a_reminder_before_the_due_time_is_sent_in_the_desk_and_by_mail():
	of = partner("Sever & Sons")
	doc = plan(of=of, title="Price & terms")
	assert send() == {"Sent": 1}
	(row,) = recorded()
	assert (row.kind, row.user, row.due, row.result) == ("Before Due", ANA, get_datetime(AT_TEN), "Sent")
	assert (row.activity_type, row.activity) == ("Interaction", doc.name)
	assert row.sent_on
	(notice,) = bell(ANA)
	assert '<b class="subject-title">Price &amp; terms</b> is planned for 10:00.' in notice
	(mail,) = mails(ANA)
	assert mail["Subject"] == "Reminder: Price & terms (10:00)"
	for part in ("Price &amp; terms", "Sever &amp; Sons", f"/app/interaction/{doc.name}"):
		assert part in html(mail)
	assert "Sever & Sons" in text(mail)


def test_a_script_in_the_topic_is_text_in_mail_and_notification():
	"""Even if it was stored without the cleaning that Frappe does on save."""
	doc = plan()
	evil = '"><img src=x onerror=alert(1)>'
	frappe.db.set_value("Interaction", doc.name, {"title": evil, "party_name": evil, "how_to_reach": evil})
	frappe.db.set_value("Activity Link", {"activity": doc.name}, "title", evil)
	assert send() == {"Sent": 1}
	for shown in (html(mails(ANA)[0]), *bell(ANA)):
		assert not BeautifulSoup(shown, "html5lib").select("[onerror]")
	assert html(mails(ANA)[0]).count("&lt;img") >= 3, "topic, partner and number"


def test_each_reminder_is_sent_once(reminded):
	for minutes in (0, 5, 9):
		assert not send(minutes)
	assert (len(recorded()), len(bell(ANA)), len(mails(ANA))) == (1, 1, 1)


def test_meetings_have_reminders_too():
	doc = meeting(starts_on=AT_TEN, responsible=ANA, status="Planned")
	send()
	assert kinds(doc) == ["Before Due"]


def test_a_late_activity_has_one_late_reminder():
	doc = plan()
	assert send(10) == {}
	assert send(15) == {"Sent": 1}
	assert send(15) == {}
	assert kinds(doc) == ["Late"]
	assert "was planned for 10:00 and isn't done yet." in bell(ANA)[0]
	assert mails(ANA)[0]["Subject"].startswith("Late: ")


def test_an_activity_has_one_reminder_before_it_is_due_and_one_once_it_is_late(reminded):
	send(15)
	assert kinds(reminded) == ["Before Due", "Late"]


def test_after_three_days_without_a_scheduler_missed_activities_are_late():
	"""Missed reminders are sent once, as late."""
	missed, coming = plan(), plan("2100-06-04 09:55:00")
	assert send(3 * 24 * 60) == {"Sent": 2}
	assert (kinds(missed), kinds(coming)) == (["Late"], ["Before Due"])
	assert "2100" in bell(ANA)[-1] or "2100" in bell(ANA)[0]


def test_activities_late_for_months_are_left_to_the_digest():
	plan("2100-04-01 10:00:00")
	assert send() == {}


@pytest.mark.parametrize(
	"of_user, of_type, of_settings, is_sent",
	[
		(0, 0, 15, True),
		(0, 0, 5, False),
		(0, 10, 5, True),
		(5, 10, 15, False),
		(10, 5, 5, True),
		pytest.param(-1, 10, 15, False, id="switched_off_by_the_user"),
		pytest.param(0, -1, 15, False, id="switched_off_for_the_type"),
	],
)
def test_the_reminder_time_comes_from_user_type_or_settings(of_user, of_type, of_settings, is_sent, settings):
	"""Ten minutes before the due time; the first number of the three that is not 0 counts, and -1 means never."""
	settings(remind_before=of_settings)
	frappe.db.set_value("Interaction Type", "Phone Call", "remind_before", of_type)
	frappe.db.set_value("Notification Settings", ANA, "interaction_remind_before", of_user)
	plan()
	assert bool(send()) is is_sent


def test_reminders_can_be_switched_off_for_the_site(settings):
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
def test_a_user_can_switch_off_reminders_in_the_desk_and_by_mail(wishes, in_desk, by_mail):
	reader(ANA, **wishes)
	plan()
	send()
	assert (len(bell(ANA)), len(mails(ANA))) == (in_desk, by_mail)
	assert [row.result for row in recorded()] == ["Sent" if in_desk or by_mail else "Passed Over"]


def test_a_site_without_an_outgoing_account_reminds_in_the_desk():
	frappe.db.delete("Email Account", {"name": "Office"})
	forget_account()
	plan()
	assert send() == {"Sent": 1}
	assert (len(bell(ANA)), len(mails(ANA))) == (1, 0)


@pytest.mark.parametrize("status", ["Held", "Not Held", "Cancelled"])
def test_past_and_cancelled_activities_have_no_reminders(status):
	change_record(plan(), status=status)
	assert send() == send(15) == {}


def test_deleting_an_activity_deletes_its_reminders(reminded):
	frappe.delete_doc("Interaction", reminded.name)
	assert not recorded()
	assert send(15) == {}


def test_a_new_time_has_its_own_reminder(reminded):
	change_record(reminded, starts_on="2100-06-01 12:00:00")
	assert send(15) == {}
	assert send(2 * 60) == {"Sent": 1}
	assert [row.due for row in recorded()] == [get_datetime(AT_TEN), get_datetime("2100-06-01 12:00:00")]


def test_a_new_responsible_user_is_reminded_too(reminded):
	reader(IVO)
	change_record(reminded, responsible=IVO)
	assert send(5) == {"Sent": 1}
	assert [row.user for row in recorded()] == [ANA, IVO]


def test_a_renamed_activity_has_no_second_reminder(reminded):
	rename_doc("Interaction", reminded.name, "INT-2100-RENAMED", force=True)
	assert [row.activity for row in recorded()] == ["INT-2100-RENAMED"]
	assert send(5) == {}


def test_an_activity_converted_to_a_meeting_has_no_second_reminder():
	doc = plan(interaction_type="Planned", participants=[{"full_name": "Petra", "side": "Theirs"}])
	send()
	answer = api.convert(doc.doctype, doc.name, "Meeting")
	assert answer["doctype"] == "Meeting"
	assert [(row.activity_type, row.activity) for row in recorded()] == [("Meeting", answer["name"])]
	assert send(5) == {}


def test_a_disabled_user_gets_no_reminder():
	plan()
	change_user(ANA, enabled=0)
	assert send() == {}


def test_a_user_without_read_permission_gets_no_reminder():
	reader(IVO, "Report Manager")
	plan(responsible=IVO)
	assert send() == {"Passed Over": 1}
	assert (bell(IVO), mails(IVO)) == ([], [])
	assert send(1) == {}


def test_a_failed_reminder_does_not_stop_the_others(slovenian, error_log):
	"""A translation with an unknown placeholder breaks the sentence in one language."""
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


def test_a_reminder_uses_the_readers_language_and_time_zone(slovenian):
	site_in("Europe/Zagreb")
	change_user(ANA, language="sl", time_zone="America/New_York")
	slovenian("{0} is planned for {1}.", "{0} je na vrsti ob {1}.")
	plan()
	send()
	assert "je na vrsti ob 04:00." in bell(ANA)[0]
	assert frappe.local.lang == "en"


def test_reminders_beyond_one_page_are_sent_too():
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


def test_a_run_stops_at_its_time_limit_and_the_next_one_continues():
	plan(), plan("2100-06-01 10:01:00")
	assert reminders.send_due_reminders(NOW, until=0) == {}
	assert send() == {"Sent": 2}


def test_the_database_accepts_each_reminder_once(reminded):
	"""A second scheduler that reads the page at the same moment finds the key taken."""
	key = frappe.db.get_value(REMINDER, {"user": ANA}, "reminder_key")
	entry = {**recorded()[0], "reminder_key": key, "result": None}
	assert sent_log.send_once(entry, lambda: lambda name: None) is None
	assert len(recorded()) == 1
	assert not frappe.local.message_log


def test_users_see_their_own_reminders_only(as_user):
	reader(IVO)
	plan(), plan(responsible=IVO)
	send()
	other = frappe.db.get_value(REMINDER, {"user": IVO})
	as_user(ANA)
	assert frappe.get_list(REMINDER, pluck="user") == [ANA]
	assert not frappe.has_permission(REMINDER, "read", doc=other)
	with pytest.raises(frappe.PermissionError):
		record(REMINDER, kind="Late", user=ANA, due=AT_TEN)
	log_in("chief.of.all@example.com", "Interaction Administrator")
	assert {*frappe.get_list(REMINDER, pluck="user", limit=0)} >= {ANA, IVO}


def test_the_log_settings_delete_old_reminders():
	_old, recent = (plan(starts_on=str(frappe.utils.add_to_date(None, days=-days))) for days in (100, 60))
	for row in frappe.get_all("Activity Link", {"status": "Planned", "responsible": ANA}, ["activity_date"]):
		reminders.send_due_reminders(row.activity_date + timedelta(minutes=1))
	of_ana = {"user": ANA, "due": (">", "1000-01-01")}
	assert len(recorded(**of_ana)) == 2
	run_log_clean_up()
	assert [row.activity for row in recorded(**of_ana)] == [recent.name]
	get_controller(REMINDER).clear_old_logs(days=1)
	assert not recorded(**of_ana)


@pytest.mark.parametrize("hour", [-1, 24])
def test_a_digest_hour_outside_0_to_23_is_refused(hour, settings):
	with pytest.raises(frappe.ValidationError, match="0 to 23"):
		settings(digest_hour=hour)


@pytest.mark.parametrize("hour", [0, 23])
def test_the_first_and_the_last_hour_of_a_day_are_accepted(hour, settings):
	settings(digest_hour=hour)
	assert frappe.db.get_single_value("CRM Interactions Settings", "digest_hour") == hour


def test_new_settings_start_with_their_defaults():
	name = "CRM Interactions Settings"
	frappe.db.delete("Singles", {"doctype": name, "field": ("in", ("remind_before", "remind_late"))})
	frappe.db.set_single_value(name, "digest_hour", 0)
	new_settings.fill_defaults()
	doc = frappe.get_doc(name)
	assert (doc.remind_before, doc.remind_late, doc.digest_hour) == (15, 1, 0)


def test_a_day_without_a_time_is_reminded_once_it_is_over():
	doc = plan("2100-06-01 00:00:00")
	for minutes in (-10 * 60, -9 * 60, 14 * 60):  # from 23:50 of the day before to 23:50
		send(minutes)
	assert not recorded(activity=doc.name)
	send(14 * 60 + 20)
	assert [row.kind for row in recorded(activity=doc.name)] == ["Late"]
	assert "00:00" not in bell(ANA)[-1]
