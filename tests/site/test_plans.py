"""Activity plans: steps planned once, by the start or by an outcome, moved together, ended with the chain (B9)."""

import frappe
import pytest
from frappe.utils import get_datetime

from crm_interactions.api import activity as activities
from crm_interactions.api import chain as chains
from crm_interactions.api import plan as api
from crm_interactions.followups import clock
from crm_interactions.platform.stored_text import of_message
from tests.site.chain_checks import assert_consistent
from tests.site.checks import tasks
from tests.site.factories import (
	activity_plan,
	change_record,
	contact,
	interaction,
	log_in,
	partner,
	recorder,
	user,
)
from tests.site.reminding import site_in

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("around_the_clock")]
CHAIN = "Interaction Chain"
CONDITIONAL = [
	{"title": "Call"},
	{"title": "Offer", "offset": 2, "condition": "Successful"},
	{"title": "Ask", "offset": 1, "offset_unit": "Weeks"},
]


def start(plan, *names: str, doctype: str = CHAIN, **more) -> dict:
	return api.start(plan.name, [{"doctype": doctype, "name": name} for name in names], **more)


def steps_of(chain: str) -> dict:
	"""Return title → activity of the steps planned in a chain."""
	names = frappe.get_all(
		"Activity Link", {"chain": chain, "activity_plan": ("is", "set")}, ["activity_type", "activity"]
	)
	docs = [frappe.get_doc(row.activity_type, row.activity) for row in names]
	assert len({doc.title for doc in docs}) == len(docs), "each step once"
	return {doc.title: doc for doc in docs}


def status_of(plan) -> list[str]:
	return frappe.get_all("Activity Plan Run", {"plan": plan.name}, pluck="status", order_by="creation")


def in_days(moment, base) -> float:
	return (get_datetime(moment) - get_datetime(base)).total_seconds() / 86400


def test_a_start_plans_the_steps_without_a_condition_as_ordinary_activities(marta):
	of = partner("Tvrtka d.o.o.")
	ana = contact(of, phone="+385 1 4567 890").name
	doc = interaction(of, contact=ana, responsible=marta.name)
	rows = [
		{"title": "Call"},
		{"title": "Visit", "interaction_type": "Meeting", "offset": 2, "assignee": "Chain Responsible"},
		{"title": "Check", "offset": 3, "assignee": "User", "assignee_user": marta.name},
		{"title": "Offer", "condition": "Successful"},
	]
	plan = activity_plan(rows, kind="Trade Negotiations")
	answer = start(plan, doc.chain)
	assert answer == {"done": [doc.chain], "refused": [], "started": [{"chain": doc.chain, "planned": 3}]}
	found = steps_of(doc.chain)
	assert {title: (one.doctype, one.responsible) for title, one in found.items()} == {
		"Call": ("Interaction", "Administrator"),
		"Visit": ("Meeting", marta.name),
		"Check": ("Interaction", marta.name),
	}
	for one in found.values():
		assert (one.status, one.contact, one.party) == ("Planned", ana, of.name)
		assert (one.category, one.activity_plan, one.chain) == ("Trade Negotiations", plan.name, doc.chain)
		assert tasks(one) == [(one.responsible, "Open")]
	assert sorted(round(in_days(one.starts_on, doc.creation)) for one in found.values()) == [1, 2, 3]
	assert_consistent()


def test_an_outcome_plans_the_step_that_waits_for_it_once(marta):
	doc = interaction()
	plan = activity_plan(CONDITIONAL)
	start(plan, doc.chain)
	call = change_record(steps_of(doc.chain)["Call"], responsible=marta.name)
	activities.complete("Interaction", call.name, "Successful")
	offer = steps_of(doc.chain)["Offer"]
	assert (offer.status, offer.responsible) == ("Planned", marta.name), "of the step before"
	assert {status for _user, status in tasks(call)} == {"Cancelled", "Closed"}
	activities.reopen("Interaction", call.name)
	activities.complete("Interaction", call.name, "Successful")
	assert steps_of(doc.chain).keys() == {"Call", "Offer", "Ask"}
	assert status_of(plan) == ["Active"]


def test_another_outcome_plans_nothing_and_the_last_step_ends_the_plan():
	doc = interaction()
	plan = activity_plan(CONDITIONAL)
	start(plan, doc.chain)
	for title in ("Call", "Ask"):
		activities.complete("Interaction", steps_of(doc.chain)[title].name, "No Answer")
	assert steps_of(doc.chain).keys() == {"Call", "Ask"}
	assert status_of(plan) == ["Done"]
	call = steps_of(doc.chain)["Call"]
	activities.reopen("Interaction", call.name)
	activities.complete("Interaction", call.name, "Successful")
	assert steps_of(doc.chain).keys() == {"Call", "Ask", "Offer"}, "a corrected outcome counts"
	assert status_of(plan) == ["Active"]


def test_steps_left_out_are_not_planned_nor_those_that_follow_them():
	doc = interaction()
	plan = activity_plan(CONDITIONAL)
	start(plan, doc.chain, steps=[2, 3])
	assert steps_of(doc.chain).keys() == {"Ask"}
	with pytest.raises(frappe.ValidationError, match="at least one step"):
		start(plan, interaction().chain, steps=[])


def test_a_change_of_the_plan_leaves_its_runs_as_they_are():
	doc = interaction()
	plan = activity_plan(CONDITIONAL)
	start(plan, doc.chain)
	plan.steps[1].title = "Other Offer"
	plan.save()
	activities.complete("Interaction", steps_of(doc.chain)["Call"].name, "Successful")
	assert "Offer" in steps_of(doc.chain)


@pytest.mark.parametrize(
	("now", "working", "call", "ask"),
	[
		# a Friday, before the clocks change: 24 hours on the clock, and working days only
		("2027-03-26 16:00:00", 0, "2027-03-27 16:00:00", "2027-03-29 16:00:00"),
		("2027-03-26 16:00:00", 1, "2027-03-29 16:00:00", "2027-03-31 16:00:00"),
	],
)
def test_dates_are_those_that_the_preview_shows(settings, monkeypatch, now, working, call, ask):
	site_in("Europe/Zagreb")
	settings(respect_working_time=0, workday_starts_at="09:00:00", workday_ends_at="17:00:00")
	settings(**dict.fromkeys(clock.WEEKDAYS[:5], 1), saturday=0, sunday=0)
	monkeypatch.setattr("crm_interactions.clock.site_time.now", lambda: get_datetime(now))
	rows = [{"title": "Call"}, {"title": "Ask", "offset": 3}]
	plan = activity_plan([{**row, "working_time": working} for row in rows])
	doc = interaction(starts_on="2026-01-02 10:00:00")
	shown = {row["title"]: str(row["starts_on"]) for row in api.preview(plan.name, doc.chain)["steps"]}
	assert shown == {"Call": call, "Ask": ask}
	start(plan, doc.chain)
	assert {title: str(one.starts_on) for title, one in steps_of(doc.chain).items()} == shown


def test_the_rest_moves_with_a_step_that_slips_once(settings):
	site_in("Europe/Zagreb")
	settings(**dict.fromkeys(clock.WEEKDAYS[:5], 1), saturday=0, sunday=0)
	doc = interaction()
	plan = activity_plan(
		[{"title": t} for t in ("Before", "Call", "Same Time", "Later")] + [{"title": "Work"}]
	)
	start(plan, doc.chain)
	days = {"Before": "25 09:00", "Call": "26 10:00", "Same Time": "27 01:30", "Later": "27 10:00"}
	for title, day in {**days, "Work": "26 12:00"}.items():
		change_record(steps_of(doc.chain)[title], starts_on=f"2027-03-{day}:00")
	frappe.db.set_value("Activity Plan Run Step", {"title": "Work"}, "working_time", 1)
	frappe.db.set_value("Activity Plan Run Step", {"title": ("!=", "")}, "moved_from", None)
	call = change_record(steps_of(doc.chain)["Call"], starts_on="2027-03-27 11:00:00")
	shown = {row["title"]: str(row["moves_to"]) for row in api.preview_shift("Interaction", call.name)}
	assert shown == {
		"Same Time": "2027-03-28 03:30:00",  # the clocks skip 2:30
		"Later": "2027-03-28 11:00:00",
		"Work": "2027-03-29 09:00:00",  # 27 March is a Saturday
	}
	assert len(api.shift("Interaction", call.name)["done"]) == 3
	assert {title: str(steps_of(doc.chain)[title].starts_on) for title in shown} == shown
	assert str(steps_of(doc.chain)["Before"].starts_on) == "2027-03-25 09:00:00"
	assert api.shift("Interaction", call.name)["done"] == [], "a repeated request"
	assert api.preview_shift("Interaction", steps_of(doc.chain)["Later"].name) == [], "the plan moved it"


@pytest.mark.parametrize("planned", [0, 1])
def test_closing_ends_the_plan_and_cancels_its_steps_only(planned):
	doc = interaction()
	other = interaction(chain=doc.chain, status="Planned", starts_on="2100-01-01 10:00:00")
	plan = activity_plan(CONDITIONAL)
	start(plan, doc.chain)
	closed = chains.close(doc.chain, cancel_planned=planned)
	assert {one.status for one in steps_of(doc.chain).values()} == {"Cancelled"}
	assert len(closed["cancelled"]) == 2 + planned
	assert frappe.db.get_value("Interaction", other.name, "status") == ("Cancelled" if planned else "Planned")
	assert status_of(plan) == ["Ended"]
	chains.reopen(doc.chain)


def test_a_step_that_was_unlinked_outlives_the_closing():
	doc = interaction()
	plan = activity_plan(CONDITIONAL)
	start(plan, doc.chain)
	ask = steps_of(doc.chain)["Ask"]
	chains.unlink("Interaction", ask.name)
	chains.close(doc.chain)
	assert frappe.db.get_value("Interaction", ask.name, "status") == "Planned"
	assert status_of(plan) == ["Ended"]


def test_completing_with_the_chain_closed_plans_no_following_step():
	doc = interaction()
	plan = activity_plan(CONDITIONAL)
	start(plan, doc.chain)
	activities.complete("Interaction", steps_of(doc.chain)["Call"].name, "Successful", "close")
	assert {title: one.status for title, one in steps_of(doc.chain).items()} == {
		"Call": "Held",
		"Ask": "Cancelled",
	}


def test_a_result_of_the_subject_ends_the_plan(settings):
	settings(subject_types=[{"subject_type": "ToDo", "status_field": "status", "won_values": "Closed"}])
	todo = frappe.get_doc({"doctype": "ToDo", "description": "Deal"}).insert()
	doc = interaction(subject_type="ToDo", subject=todo.name)
	plan = activity_plan(CONDITIONAL)
	start(plan, doc.chain)
	change_record(frappe.get_doc("ToDo", todo.name), status="Closed")
	assert {one.status for one in steps_of(doc.chain).values()} == {"Cancelled"}
	assert status_of(plan) == ["Ended"]


def test_a_plan_is_ended_by_a_user_and_starts_again():
	doc = interaction()
	plan = activity_plan(CONDITIONAL)
	start(plan, doc.chain)
	(run,) = api.list_runs(doc.chain)
	assert len(api.end(run["name"], doc.chain)["cancelled"]) == 2
	assert api.list_runs(doc.chain) == []
	assert start(plan, doc.chain)["done"] == [doc.chain]
	assert status_of(plan) == ["Ended", "Active"]


def test_a_plan_runs_once_in_a_chain_also_after_a_join():
	doc, other = interaction(), interaction()
	plan = activity_plan()
	start(plan, other.chain)
	chains.link("Interaction", other.name, "Interaction", doc.name)
	answer = start(plan, doc.chain)
	assert "already running" in answer["refused"][0]["reason"]
	assert api.preview(plan.name, doc.chain)["running"]


def test_bulk_starts_refuse_a_closed_chain_and_go_on():
	closed, open_one, of = interaction(), interaction(), partner("Nova d.o.o.")
	chains.close(closed.chain)
	plan = activity_plan()
	targets = [(CHAIN, closed.chain), (CHAIN, open_one.chain), (of.doctype, of.name), ("Note", "x")]
	answer = api.start(plan.name, [{"doctype": doctype, "name": name} for doctype, name in targets])
	assert answer["done"] == [open_one.chain, of.name]
	assert [row["activity"] for row in answer["refused"]] == [closed.chain, "x"]
	new = answer["started"][1]["chain"]
	assert frappe.db.get_value(CHAIN, new, ["party", "status"]) == (of.name, "Open")


def test_a_partner_stands_for_the_newest_open_chain():
	doc = interaction(partner("Nova d.o.o."))
	answer = start(activity_plan(), doc.party, doctype=doc.party_type)
	assert answer["started"] == [{"chain": doc.chain, "planned": 1}]


def test_the_first_activity_of_a_category_starts_the_plan():
	plan = activity_plan(kind="Trade Negotiations", starts_by_itself=1)
	first = interaction(category="Trade Negotiations")
	assert steps_of(first.chain).keys() == {"Call"}
	interaction(category="Trade Negotiations", chain=first.chain)
	assert steps_of(interaction().chain) == {}
	assert status_of(plan) == ["Active"]
	change_record(plan, disabled=1)
	assert steps_of(interaction(category="Trade Negotiations").chain) == {}


def test_a_plan_that_cannot_start_by_itself_stops_no_save():
	change_record(frappe.get_doc("Interaction Type", "E-mail"), disabled=1)
	plan = activity_plan(kind="Trade Negotiations", starts_by_itself=1)
	frappe.db.set_value("Activity Plan Step", {"parent": plan.name}, "interaction_type", "E-mail")
	doc = interaction(category="Trade Negotiations")
	assert steps_of(doc.chain) == {}
	assert "couldn't be started" in of_message(frappe.message_log[-1]["message"])


def test_a_step_that_cannot_be_planned_stops_no_completion():
	doc = interaction()
	plan = activity_plan(CONDITIONAL)
	start(plan, doc.chain)
	frappe.db.set_value("Activity Plan Run Step", {"title": "Offer"}, "interaction_type", "E-mail")
	change_record(frappe.get_doc("Interaction Type", "E-mail"), disabled=1)
	activities.complete("Interaction", steps_of(doc.chain)["Call"].name, "Successful")
	assert steps_of(doc.chain)["Call"].completed
	assert "couldn't be planned" in of_message(frappe.message_log[-1]["message"])


def test_a_plan_whose_activities_are_deleted_is_done():
	doc = interaction()
	plan = activity_plan()
	start(plan, doc.chain)
	steps_of(doc.chain)["Call"].delete()
	assert status_of(plan) == ["Done"]
	assert start(plan, doc.chain)["done"] == [doc.chain]


def test_plan_and_category_of_a_rule_and_user_of_a_step_are_required():
	for wrong in (
		{"starts_by_itself": 1},
		{"steps": [{"assignee": "User"}]},
		{"steps": [{"condition": "Successful"}]},
	):
		with pytest.raises(frappe.ValidationError):
			activity_plan(wrong.pop("steps", None), **wrong)


def test_users_start_plans_only_in_chains_that_they_may_change():
	doc, plan, rep = interaction(), activity_plan(), recorder("rep@example.com").name
	log_in("guest.of.crm@example.com")
	with pytest.raises(frappe.PermissionError):
		start(plan, doc.chain)
	frappe.set_user(rep)
	assert start(plan, doc.chain)["done"] == [doc.chain]
	with pytest.raises(frappe.PermissionError):
		change_record(plan, title="Mine")


def test_the_plan_of_an_activity_is_the_servers():
	plan = activity_plan()
	assert not interaction(activity_plan=plan.name).activity_plan
	doc = interaction()
	start(plan, doc.chain)
	call = steps_of(doc.chain)["Call"]
	assert change_record(call, activity_plan=None).activity_plan == plan.name


def test_a_step_that_becomes_a_meeting_stays_in_its_plan():
	doc = interaction(participants=[{"full_name": "Ivan Babić", "side": "Theirs"}])
	plan = activity_plan(CONDITIONAL)
	start(plan, doc.chain)
	new = activities.convert("Interaction", steps_of(doc.chain)["Call"].name, "Meeting")
	assert new["name"] in {one.name for one in steps_of(doc.chain).values()}
	activities.complete(new["doctype"], new["name"], "Successful")
	assert "Offer" in steps_of(doc.chain)


def test_a_disabled_user_is_replaced_by_the_user_who_starts(marta):
	gone = user("gone@example.com", "Interaction User")
	plan = activity_plan([{"assignee": "User", "assignee_user": gone.name}])
	change_record(frappe.get_doc("User", gone.name), enabled=0)
	doc = interaction()
	start(plan, doc.chain)
	assert steps_of(doc.chain)["Call"].responsible == "Administrator"
