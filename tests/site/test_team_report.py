"""The team report: the workload of each user; each number matches its list, with the reader's permissions (R26)."""

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.utils import add_to_date, now_datetime

from crm_interactions.chains import closing
from crm_interactions.supervision import workload
from tests.site.factories import interaction, meeting, partner, user
from tests.site.handing_over import only_calls
from tests.site.supervising import make_leader

pytestmark = pytest.mark.records_only
ANA, IVO, VERA, CHIEF = "ana@example.com", "ivo@example.com", "vera@example.com", "chief@example.com"
REPORT = "Team Activities"


@pytest.fixture(autouse=True)
def people():
	user(ANA, "Interaction User"), user(IVO, "Interaction User"), user(CHIEF, "Interaction Manager")


@pytest.fixture
def work():
	"""Create planned, late, past and reviewed activities of Ana, and a call of Ivo later today."""
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


@pytest.fixture
def led_by_vera(as_user):
	"""Log in as Vera, who leads Ana."""
	user(VERA, "Interaction User")
	make_leader(VERA, ANA)
	as_user(VERA)


def users_shown() -> list[str]:
	return [row["user"] for row in run(REPORT)["result"]]


def numbers(name: str) -> dict:
	(row,) = (row for row in run(REPORT)["result"] if row["user"] == name)
	return {part: row[part] for part in workload.PARTS}


def test_the_report_shows_the_numbers_of_each_user(work, as_user):
	as_user(CHIEF)
	# the chain of the cancelled call has no next step either
	assert numbers(ANA) == {"today": 0, "late": 2, "planned": 3, "chains": 2, "to_review": 1}
	assert numbers(IVO) == {"today": 1, "late": 0, "planned": 1, "chains": 0, "to_review": 0}


@pytest.mark.parametrize("who", [CHIEF, ANA])
def test_each_number_matches_its_list(work, as_user, who):
	as_user(who)
	seen = 0
	for row in run(REPORT)["result"]:
		for part, behind in row["lists"].items():
			listed = frappe.get_list(behind["doctype"], filters=behind["filters"], limit_page_length=0)
			assert len(listed) == row[part], (row["user"], part)
			seen += row[part]
	assert seen


def test_a_manager_without_a_team_sees_all_users(work, as_user):
	as_user(CHIEF)
	assert {ANA, IVO} <= {*users_shown()}


def test_a_user_without_a_team_sees_only_themselves(work, as_user):
	as_user(IVO)
	assert users_shown() == [IVO]


def test_a_supervisor_sees_their_team_and_themselves(work, led_by_vera):
	assert users_shown() == [ANA, VERA]
	assert set(numbers(VERA).values()) == {0}


def test_the_numbers_of_a_large_team_do_not_depend_on_the_form_of_the_query(work, led_by_vera, monkeypatch):
	now = now_datetime()
	named = workload.of_team(now)
	monkeypatch.setattr(workload, "MOST_NAMED", 1)
	assert workload.of_team(now) == named
	assert {row["user"] for row in named} == {ANA, VERA}


def test_users_with_most_late_activities_come_first(work, as_user):
	as_user(CHIEF)
	shown = users_shown()
	assert shown.index(ANA) < shown.index(IVO)


def test_unreadable_activities_are_not_counted(work, as_user):
	later = add_to_date(now_datetime(), days=2)
	interaction(responsible=ANA, status="Planned", interaction_type="E-mail", starts_on=later)
	only_calls(CHIEF)
	as_user(CHIEF)
	# neither the e-mail nor the meeting
	assert numbers(ANA)["planned"] == 2


def test_the_summary_shows_the_sums(work, as_user):
	as_user(CHIEF)
	report = run(REPORT)
	sums = {entry["label"]: entry["value"] for entry in report["report_summary"]}
	assert sums["Late"] == sum(row["late"] for row in report["result"])
	assert [column["label"] for column in report["columns"]][1:] == list(sums)


def test_without_reviews_there_is_no_column_for_them(settings):
	settings(use_reviewed=0)
	assert "to_review" not in {column["fieldname"] for column in run(REPORT)["columns"]}


def test_strangers_cannot_run_the_report(as_user):
	user("nobody@example.com")
	for who in ("nobody@example.com", "Guest"):
		as_user(who)
		with pytest.raises(frappe.PermissionError):
			run(REPORT)
