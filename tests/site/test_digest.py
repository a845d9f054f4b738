"""The morning digest: today, late, chains without next step, team; once a day, with the reader's permissions (R23)."""

from datetime import timedelta

import frappe
import pytest
from frappe.permissions import add_user_permission
from frappe.utils import format_date, get_datetime

from crm_interactions.chains import closing, slowness
from crm_interactions.reminders import digest
from tests.site.factories import change_record, interaction, meeting, partner, partner_of
from tests.site.post import bell, html, mails, text
from tests.site.reminding import change_user, one_reader, reader, recorded, site_in
from tests.site.supervising import make_leader

pytestmark = pytest.mark.records_only
ANA, IVO, VERA = "ana@example.com", "ivo@example.com", "vera@example.com"
SEVEN = get_datetime("2100-06-01 07:00:00")


surroundings = one_reader(ANA)


def plan(starts_on: str, title: str, responsible: str = ANA, **fields):
	fields |= {"title": title, "responsible": responsible, "status": "Planned"}
	return interaction(starts_on=f"2100-{starts_on}", **fields)


@pytest.fixture
def call_today():
	return plan("06-01 14:30:00", "Call them back")


def open_chain(title: str, responsible: str = ANA, **fields):
	"""Return an open chain in which nothing is planned."""
	doc = interaction(title=title, responsible=responsible, starts_on="2026-01-05 09:00:00", **fields)
	return frappe.get_doc("Interaction Chain", doc.chain)


def send(**later):
	return digest.send_due_digests(SEVEN + timedelta(**later))


def the_mail(to: str = ANA):
	(mail,) = (mail for mail in mails(to) if mail["Subject"].startswith("Your day"))
	return mail


def part(to: str, heading: str) -> str:
	"""Return the part of the plain text below a heading, up to the next one."""
	lines = text(the_mail(to)).splitlines()
	start = next(number for number, line in enumerate(lines) if heading in line)
	return "\n".join(lines[start:])


def test_the_digest_lists_today_late_activities_and_chains_without_next_step():
	of = partner("Sever & Sons")
	call = plan("06-01 14:30:00", "Call them back", of=of)
	plan("05-28 09:00:00", "Send the offer", of=of)
	plan("06-02 09:00:00", "Tomorrow's visit", of=of)
	chain = open_chain("Complaint about a pump", of=of)
	send()
	mail = the_mail()
	body, plain = html(mail), text(mail)
	assert mail["Subject"].endswith(": 1 today, 1 late")
	for shown in ("Call them back", "14:30", "Send the offer", "Complaint about a pump"):
		assert shown in body
		assert shown in plain
	assert "Sever &amp; Sons" in body
	assert plain.count("Sever & Sons") == 3, "beside each activity and the chain"
	assert "Tomorrow's visit" not in plain
	assert format_date(chain.last_activity_on) in part(ANA, "No next step planned (1)")
	assert f"/app/interaction/{call.name}" in body and f"/app/interaction-chain/{chain.name}" in body
	assert "today 1, late 1, slow chains 0, chains without a next step 1." in bell(ANA)[-1]
	assert [(row.user, row.result) for row in recorded(kind="Digest", user=ANA)] == [(ANA, "Sent")]


def test_meetings_are_listed_and_cancelled_activities_and_closed_chains_are_not():
	meeting(starts_on="2100-06-01 11:00:00", title="At the fair", responsible=ANA, status="Planned")
	change_record(plan("06-01 12:00:00", "Called off"), status="Cancelled")
	closing.close(open_chain("Had enough").name, "No interest")
	send()
	plain = text(the_mail())
	assert "At the fair" in plain and "Today (1)" in plain
	# the chain of the cancelled call has no next step
	assert "Called off" in part(ANA, "No next step planned (1)")
	assert "Had enough" not in plain


def test_a_chain_with_a_next_step_is_not_listed():
	first = frappe.get_doc("Interaction", {"chain": open_chain("On its way").name})
	change_record(first, plan_next=1, next_on="2100-07-01 09:00:00")
	plan("06-01 12:00:00", "Something else")
	send()
	assert "On its way" not in text(the_mail())


def test_a_slow_chain_is_listed_with_its_reason():
	"""A chain with a next step is in a part of its own, one without is in that of these chains, with the reason."""
	chain = open_chain("On its way")
	first = frappe.get_doc("Interaction", {"chain": chain.name})
	plan("07-01 09:00:00", "Later", chain=chain.name, of=partner_of(first))
	other = open_chain("Nothing planned")
	for name in (chain.name, other.name):
		values = slowness.values_of(slowness.SILENT, 3.0)
		frappe.db.set_value("Interaction Chain", name, values)
	send()
	shown = part(ANA, "Slow (1)")
	assert "On its way" in shown and "Silent Longer Than Usual" in shown
	assert "Nothing planned" in part(ANA, "No next step planned (1)")
	assert text(the_mail()).count("Silent Longer Than Usual") == 2


def test_the_digest_is_sent_once_a_day(call_today):
	for hours in (0, 1, 9):
		send(hours=hours)
	assert (len(mails(ANA)), len(bell(ANA))) == (1, 1)
	send(days=1)
	assert len(mails(ANA)) == 2


def test_after_three_days_without_a_scheduler_one_digest_is_sent(call_today):
	send()
	send(days=3, hours=4)
	assert [str(row.due.date()) for row in recorded(user=ANA)] == ["2100-06-01", "2100-06-04"]
	assert len(mails(ANA)) == 2


def test_an_empty_digest_is_not_sent_and_not_made_up_for_later_that_day():
	assert send() is not None
	assert (mails(ANA), bell(ANA)) == ([], [])
	assert [row.result for row in recorded(user=ANA)] == ["Passed Over"]
	plan("06-01 14:30:00", "At noon it is no morning any more")
	send(hours=5)
	assert not mails(ANA)


def test_the_digest_is_not_sent_before_its_hour(call_today, settings):
	settings(digest_hour=9)
	send()
	assert not mails(ANA)
	send(hours=2)
	assert len(mails(ANA)) == 1


def test_hour_and_day_follow_the_readers_time_zone():
	"""7:00 in New York is 13:00 in Zagreb, and the day ends six hours later."""
	site_in("Europe/Zagreb")
	change_user(ANA, time_zone="America/New_York")
	plan("06-02 05:00:00", "Late in the evening")
	send()
	assert not mails(ANA)
	send(hours=6)
	assert "23:00" in part(ANA, "Today (1)")


def test_the_digest_can_be_switched_off_for_the_site(call_today, settings):
	settings(send_digest=0)
	assert send() == {}


@pytest.mark.parametrize(
	"wishes, in_desk, by_mail",
	[
		({"interaction_digest_by_email": 0}, 1, 0),
		({"interaction_reminders": 0}, 0, 1),
		({"enable_email_notifications": 0}, 1, 0),
		({"interaction_digest_by_email": 0, "interaction_reminders": 0}, 0, 0),
	],
)
def test_a_user_can_switch_off_the_digest_in_the_desk_and_by_mail(call_today, wishes, in_desk, by_mail):
	reader(ANA, **wishes)
	send()
	assert (len(bell(ANA)), len(mails(ANA))) == (in_desk, by_mail)


def test_disabled_users_and_users_without_a_role_get_no_digest(call_today):
	reader(IVO, "Report Manager")
	plan("06-01 14:30:00", "Not his", responsible=IVO)
	change_user(ANA, enabled=0)
	send()
	assert (mails(IVO), mails(ANA)) == ([], [])
	assert not recorded(user=IVO)


def test_the_digest_lists_readable_activities_only(call_today):
	"""A user permission for calls hides other activities, even those of the reader."""
	add_user_permission("Interaction Type", "Phone Call", ANA, ignore_permissions=True)
	plan("06-01 15:30:00", "A secret", interaction_type="E-mail")
	open_chain("A secret chain", interaction_type="E-mail")
	send()
	plain = text(the_mail())
	assert "Call them back" in plain and "secret" not in plain


def test_a_long_list_is_shortened():
	for number in range(17):
		plan(f"05-{number + 10} 09:00:00", f"Late number {number}")
	send()
	plain = text(the_mail())
	assert "Late (17)" in plain and "2 more" in plain
	assert "Late number 16" in plain and "Late number 1\n" not in plain


def test_markup_in_a_title_is_shown_as_text():
	doc = plan("06-01 14:30:00", "Call")
	frappe.db.set_value("Activity Link", {"activity": doc.name}, "title", "<b>bold</b> & <script>x</script>")
	send()
	body = html(the_mail())
	assert "<script>" not in body and "&lt;b&gt;bold&lt;/b&gt;" in body


class TestTeam:
	@pytest.fixture(autouse=True)
	def people(self):
		"""Vera leads Ivo, who leads Ana."""
		for email in (VERA, IVO):
			reader(email)
		make_leader(IVO, ANA)
		make_leader(VERA, IVO)

	def test_the_digest_of_a_supervisor_lists_the_teams_activities(self):
		plan("05-28 09:00:00", "Ana is late")
		plan("06-01 14:30:00", "Ivo calls", responsible=IVO)
		open_chain("Ana's chain")
		send()
		of_vera = part(VERA, "Your team")
		assert of_vera.index("ana") < of_vera.index("Ana is late")
		for shown in ("Ana is late", "Ana's chain", "Ivo calls"):
			assert shown in of_vera
		assert "Ana is late" in part(IVO, "Your team")
		assert "Your team" not in text(the_mail(ANA))
		assert "Ivo calls" not in part(IVO, "Your team")

	def test_without_team_activities_the_digest_has_no_team_section(self):
		plan("06-01 14:30:00", "My own", responsible=VERA)
		send()
		assert "Your team" not in text(the_mail(VERA))

	def test_the_team_section_hides_titles_that_the_supervisor_may_not_read(self):
		add_user_permission("Interaction Type", "Phone Call", VERA, ignore_permissions=True)
		plan("05-28 09:00:00", "Open to her")
		plan("05-28 09:00:00", "A secret", interaction_type="E-mail")
		send()
		of_vera = part(VERA, "Your team")
		assert "Open to her" in of_vera and "secret" not in of_vera
