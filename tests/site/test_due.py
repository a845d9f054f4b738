"""Late, due today, mine: one definition in cards, report, digest, lists, calendar and reminders, in each user's day."""

import json
import subprocess

import frappe
import pytest
from frappe.utils import get_datetime

from crm_interactions.api import calendar, cards
from crm_interactions.patches import set_due_until
from crm_interactions.reminders import agenda, recipients, reminders
from crm_interactions.supervision import workload
from tests.site.factories import interaction, meeting, partner
from tests.site.reminding import change_user, one_reader, reader, recorded, site_in
from tests.site.supervising import make_leader

pytestmark = pytest.mark.records_only
ANA, IVO, VERA = USERS = ("ana@example.com", "ivo@example.com", "vera@example.com")
MEMBERS = {ANA: "America/Los_Angeles", IVO: None}
ROW = "Activity Link"
# noon in Berlin is three o'clock in the morning of the same day in Los Angeles, where it ends at nine
NOW = get_datetime("2100-06-01 12:00:00")
# start → what it is for Ana in Los Angeles, for Ivo in Berlin
STARTS = {
	"2100-05-31 10:00:00": ("late", "late"),
	"2100-05-31": ("late", "late"),
	"2100-06-01 09:30:00": ("late", "late"),
	"2100-06-01": ("today", "today"),
	"2100-06-01 09:00:00": ("today", "late"),
	"2100-06-01 14:00:00": ("today", "today"),
	"2100-06-02 05:00:00": ("today", None),
	"2100-06-02": (None, None),
	"2100-06-02 10:00:00": (None, None),
}
CASES = [(who, part) for who in MEMBERS for part in ("late", "today")]
CASE = pytest.mark.parametrize(("who", "part"), CASES)


surroundings = one_reader(ANA)


@pytest.fixture(autouse=True)
def expected(monkeypatch, surroundings) -> dict[tuple[str, str], set[str]]:
	"""Create the activities; return the names that each user has late and today."""
	site_in("Europe/Berlin")
	for email in (IVO, VERA):
		reader(email)
	change_user(ANA, time_zone=MEMBERS[ANA])
	make_leader(VERA, ANA, IVO)
	monkeypatch.setattr(cards, "now_datetime", lambda: NOW)
	of, found = partner(), {case: set() for case in CASES}
	for start, parts in STARTS.items():
		for who, part in zip(MEMBERS, parts, strict=True):
			for make in (interaction, meeting):
				doc = make(of, starts_on=start, responsible=who, status="Planned")
				if part:
					found[who, part].add(doc.name)
	for fields in ({"status": "Cancelled"}, {"status": "Held"}):
		interaction(of, starts_on="2100-06-01 14:00:00", responsible=ANA, **fields)
	return found


def listed(doctype: str, filters: list, field: str = "name") -> set[str]:
	return {*frappe.get_list(doctype, filters=filters, pluck=field, limit_page_length=0)}


def in_browser(script: str, **values):
	"""Return what an expression with the Desk's logic gives for these values."""
	logic = frappe.get_app_path("crm_interactions", "public", "js", "logic")
	imports = f"import * as status from '{logic}/status.js'; import * as views from '{logic}/views.js';"
	code = f"{imports} const given = {json.dumps(values, default=str)}; console.log(JSON.stringify({script}))"
	node = ["node", "--input-type=module", "-e", code]
	done = subprocess.run(node, capture_output=True, check=True)  # noqa: S603  the Desk's own modules
	return json.loads(done.stdout)


@CASE
def test_number_cards(expected, as_user, who, part):
	as_user(who)
	answer = {"late": cards.count_late, "today": cards.count_due_today}[part]()
	conditions = [
		[field, *json.loads(condition)]
		for field, texts in answer["route_options"].items()
		for condition in texts
	]
	assert listed(ROW, conditions, "activity") == expected[who, part]
	assert answer["value"] == len(expected[who, part])


@CASE
@pytest.mark.parametrize("viewer", [VERA, None], ids=["leader", "oneself"])
def test_the_team_report_shows_each_members_own_day(expected, as_user, who, part, viewer):
	as_user(viewer or who)
	(row,) = (row for row in workload.of_team(NOW) if row["user"] == who)
	behind = row["lists"][part]
	assert listed(behind["doctype"], behind["filters"], "activity") == expected[who, part]
	assert row[part] == len(expected[who, part])


@CASE
def test_the_digest_of_the_user_and_of_the_leader(expected, who, part):
	for name in (who, VERA):
		user = recipients.list_enabled_readers([name])[name]
		with recipients.reading_as(user):
			content = agenda.build_agenda(user, NOW)
		person = who.split("@")[0]
		shown = content["own"] if name == who else {**{m["name"]: m for m in content["team"]}}[person]
		assert shown[part]["count"] == len(expected[who, part])
		names = {item["url"].rpartition("/")[2] for item in shown[part]["items"]}
		assert names <= expected[who, part] and (names == expected[who, part] or name == VERA)


@CASE
def test_the_views_of_the_lists(expected, as_user, who, part):
	as_user(who)
	end = {ANA: "2100-06-02 09:00:00", IVO: "2100-06-02 00:00:00"}[who]
	given = {"user": who, "now": str(NOW), "end_of_day": end}
	found = in_browser("views.saved_views(given)", **given)
	filters = next(view for view in found if view["key"] == {"late": "late", "today": "due_today"}[part])[
		"filters"
	]
	mine = [*filters, ["responsible", "=", who]]
	assert listed("Interaction", mine) | listed("Meeting", mine) == expected[who, part]


@pytest.mark.parametrize("who", MEMBERS)
def test_the_colours_of_calendar_and_rows(expected, as_user, who):
	as_user(who)
	period = "2100-05-30 00:00:00", "2100-06-05 00:00:00", None, [["responsible", "=", who]]
	shown = [event for kind in ("Interaction", "Meeting") for event in calendar.get_events(kind, *period)]
	states = in_browser("given.rows.map((row) => status.state_of(row, given.now))", rows=shown, now=NOW)
	assert {row.name for row, state in zip(shown, states, strict=True) if state == "late"} == expected[
		who, "late"
	]
	rows = frappe.get_list(ROW, {"responsible": who}, ["activity", "status", "due_until"])
	late = in_browser("given.rows.filter((row) => status.is_late(row, given.now))", rows=rows, now=NOW)
	assert {row["activity"] for row in late} == expected[who, "late"]


@pytest.mark.parametrize("who", MEMBERS)
def test_reminders_of_late_activities(expected, who):
	reminders.send_due_reminders(NOW)
	assert {row.activity for row in recorded(kind="Late", user=who)} == expected[who, "late"]


def test_a_rebuilt_journal_and_the_patch_give_the_same(expected):
	before = {
		dt: frappe.get_all(dt, {}, ["name", "due_until"], order_by="name")
		for dt in ("Interaction", "Meeting", ROW)
	}
	for doctype in before:
		frappe.db.set_value(doctype, {"status": "Planned"}, "due_until", None)
	set_due_until.execute()
	for doctype, rows in before.items():
		assert frappe.get_all(doctype, {}, ["name", "due_until"], order_by="name") == rows
