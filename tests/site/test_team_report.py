"""The supervisor's view: who has what before him; each number is what its list holds, with the reader's rights (R26)."""

import frappe
import pytest
from factories import interaction, meeting, partner, user
from frappe.desk.query_report import run
from frappe.permissions import add_user_permission
from frappe.utils import add_to_date, now_datetime
from supervising import reports_to

from crm_interactions.chains import closing
from crm_interactions.supervision import workload

pytestmark = pytest.mark.records_only
ANA, IVO, VERA, CHIEF = "ana@example.com", "ivo@example.com", "vera@example.com", "chief@example.com"
REPORT = "Team Activities"


@pytest.fixture(autouse=True)
def people():
	for name in (ANA, IVO):
		user(name, "Interaction User")
	user(CHIEF, "Interaction Manager")


@pytest.fixture
def work():
	"""Ana has a call today that is late by now, one tomorrow, and a chain in which nothing is planned."""
	now, of = now_datetime(), partner()
	soon = now.replace(hour=23, minute=59, second=50, microsecond=0)
	interaction(of, responsible=ANA, status="Planned", starts_on=now.replace(hour=0, minute=0, second=1))
	meeting(of, responsible=ANA, status="Planned", starts_on=add_to_date(now, days=1))
	interaction(of, responsible=ANA, status="Planned", starts_on=add_to_date(now, days=-3))
	interaction(of, responsible=ANA, starts_on=add_to_date(now, days=-5))
	reviewed = interaction(of, responsible=ANA, starts_on=add_to_date(now, days=-6), reviewed=1)
	closing.close(reviewed.chain, "No interest")
	interaction(of, responsible=IVO, status="Planned", starts_on=soon)
	interaction(of, responsible=ANA, status="Cancelled", starts_on=now)


def row_of(name: str) -> dict | None:
	found = [row for row in run(REPORT)["result"] if row["user"] == name]
	return found[0] if found else None


def numbers(name: str) -> dict:
	row = row_of(name)
	return {part: row[part] for part in workload.PARTS}


def test_numbers_by_person(work, as_user):
	as_user(CHIEF)
	# the cancelled one left its chain without a next step, too
	assert numbers(ANA) == {"today": 1, "late": 2, "planned": 3, "chains": 2, "to_review": 1}
	assert numbers(IVO) == {"today": 1, "late": 0, "planned": 1, "chains": 0, "to_review": 0}


@pytest.mark.parametrize("who", [CHIEF, ANA])
def test_each_number_is_what_its_list_holds(work, as_user, who):
	as_user(who)
	seen = 0
	for row in run(REPORT)["result"]:
		for part, behind in row["lists"].items():
			listed = frappe.get_list(behind["doctype"], filters=behind["filters"], limit_page_length=0)
			assert len(listed) == row[part], (row["user"], part)
			seen += row[part]
	assert seen


def test_a_manager_without_a_team_sees_everybody(work, as_user):
	as_user(CHIEF)
	shown = {row["user"] for row in run(REPORT)["result"]}
	assert {ANA, IVO} <= shown


def test_a_colleague_sees_himself_alone(work, as_user):
	as_user(IVO)
	assert [row["user"] for row in run(REPORT)["result"]] == [IVO]


def test_a_supervisor_sees_his_people_and_himself(work, as_user):
	user(VERA, "Interaction User")
	reports_to(VERA, ANA)
	as_user(VERA)
	assert [row["user"] for row in run(REPORT)["result"]] == [ANA, VERA]
	assert set(numbers(VERA).values()) == {0}


def test_more_people_than_are_named_in_a_query(work, as_user, monkeypatch):
	user(VERA, "Interaction User")
	reports_to(VERA, ANA)
	as_user(VERA)
	now = now_datetime()
	named = workload.of_team(now)
	monkeypatch.setattr(workload, "MOST_NAMED", 1)
	assert workload.of_team(now) == named
	assert {row["user"] for row in named} == {ANA, VERA}


def test_those_with_most_that_is_late_come_first(work, as_user):
	as_user(CHIEF)
	shown = [row["user"] for row in run(REPORT)["result"]]
	assert shown.index(ANA) < shown.index(IVO)


def test_what_one_may_not_read_is_not_counted(work, as_user):
	interaction(
		responsible=ANA,
		status="Planned",
		interaction_type="E-mail",
		starts_on=add_to_date(now_datetime(), days=2),
	)
	add_user_permission("Interaction Type", "Phone Call", CHIEF, ignore_permissions=True)
	as_user(CHIEF)
	# neither the e-mail nor the meeting
	assert numbers(ANA)["planned"] == 2


def test_sums_stand_above(work, as_user):
	as_user(CHIEF)
	told = run(REPORT)
	sums = {one["label"]: one["value"] for one in told["report_summary"]}
	assert sums["Late"] == sum(row["late"] for row in told["result"])
	assert [column["label"] for column in told["columns"]][1:] == list(sums)


def test_without_reviewing_there_is_nothing_to_review(settings):
	settings(use_reviewed=0)
	assert "to_review" not in {column["fieldname"] for column in run(REPORT)["columns"]}


def test_strangers_are_kept_out(as_user):
	user("nobody@example.com")
	for who in ("nobody@example.com", "Guest"):
		as_user(who)
		with pytest.raises(frappe.PermissionError):
			run(REPORT)
