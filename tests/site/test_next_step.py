"""The next step of an activity: at most one, planned, moved and cancelled with the activity (R22, R23)."""

from datetime import timedelta

import frappe
import pytest
from frappe.utils import add_days, get_datetime, getdate, now_datetime

from crm_interactions.exceptions import ChainClosedError
from tests.site.chain_checks import assert_consistent, row_of
from tests.site.checks import stored, tasks
from tests.site.factories import (
	change_record,
	contact,
	half_an_hour_on,
	interaction,
	log_in,
	next_step_of,
	partner,
	record,
)

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("around_the_clock")]
PLAN = {"plan_next": 1, "next_in": 2, "next_unit": "Days"}
LATER = "2100-03-01 09:00:00"


def planned(**fields):
	"""Return a call with a planned next step."""
	return interaction(**{**PLAN, **fields})


def follow_ups(doc) -> list[str]:
	pair = {"planned_by_type": doc.doctype, "planned_by": doc.name}
	kinds = ("Interaction", "Meeting")
	return [name for kind in kinds for name in frappe.get_all(kind, pair, pluck="name")]


def test_saving_creates_a_similar_planned_activity():
	of = partner("Tvrtka d.o.o.")
	ana = contact(of, phone="+385 1 4567 890").name
	people = [{"participant_type": "Contact", "participant": ana}, {"full_name": "Ivo", "email": "i@x.hr"}]
	copied = {"contact": ana, "category": "Trade Negotiations", "priority": "High", "participants": people}
	doc = planned(of=of, notes="<p>what was said</p>", outcome="Successful", rating=0.8, **copied)
	new = next_step_of(doc)
	for field in (
		*("party_type", "party", "party_name", "contact", "how_to_reach"),
		*("title", "category", "priority", "chain", "responsible"),
	):
		assert new.get(field) == doc.get(field), field
	assert (new.doctype, new.interaction_type) == ("Interaction", "Phone Call")
	assert (new.status, new.direction) == ("Planned", "Outgoing")
	shown = [[(row.participant, row.full_name) for row in part.participants] for part in (new, doc)]
	assert shown[0] == shown[1]
	assert (new.planned_by_type, new.planned_by) == (doc.doctype, doc.name)
	assert (new.notes, new.outcome, new.rating, new.plan_next) == (None, None, 0, 0)
	assert row_of(new).previous == row_of(doc).name
	assert_consistent()


def test_the_next_step_counts_from_now_or_from_the_end_of_a_future_activity():
	now = now_datetime()
	past = planned(starts_on=add_days(now, -3))
	assert timedelta(minutes=-2) < get_datetime(past.next_on) - add_days(now, 2) < timedelta(hours=1), (
		"rounded up"
	)
	times = {"starts_on": "2100-06-01 10:00:00", "ends_on": "2100-06-01 11:30:00"}
	ahead = planned(next_in=4, next_unit="Hours", **times)
	assert get_datetime(ahead.next_on) == get_datetime("2100-06-01 15:30:00")


def test_a_next_step_can_be_planned_by_its_date():
	doc = interaction(plan_next=1, next_on=LATER, next_type="E-mail", next_title="Send the list")
	new = next_step_of(doc)
	assert (str(new.starts_on), new.interaction_type, new.title) == (LATER, "E-mail", "Send the list")
	assert doc.next_in == 0


def test_a_meeting_can_be_planned_after_a_call():
	of = partner("Tvrtka d.o.o.")
	ana = contact(of, phone="+385 1 4567 890").name
	doc = planned(of=of, contact=ana, next_type="Meeting")
	assert doc.next_activity_type == "Meeting"
	new = next_step_of(doc)
	assert (new.participants[0].participant, new.chain) == (ana, doc.chain)
	assert_consistent()


def test_a_planned_meeting_without_a_type_takes_the_type_of_meetings():
	doc = planned(next_doctype="Meeting", participants=[{"full_name": "Ivan", "side": "Theirs"}])
	assert (doc.next_type, doc.next_activity_type) == ("Meeting", "Meeting")


def test_a_next_step_without_date_number_or_rule_is_refused():
	with pytest.raises(frappe.MandatoryError, match="next step has no date"):
		interaction(plan_next=1)


def test_the_rules_of_the_type_fill_in_the_next_step():
	doc = interaction(plan_next=1, outcome="Offer Sent")
	assert (doc.next_type, doc.next_in, doc.next_unit) == ("Phone Call", 2, "Days")
	assert next_step_of(doc).status == "Planned"


def test_a_next_step_before_the_activity_is_refused():
	with pytest.raises(frappe.ValidationError, match="is before this activity"):
		planned(next_in=0, next_on="2001-01-01 09:00:00")


@pytest.mark.parametrize(
	"fields", [{"next_in": 100000}, {"next_in": -1}, {"next_unit": "Years"}, {"next_type": "Fax"}]
)
def test_refusals_leave_nothing_behind(fields):
	before = frappe.db.count("Interaction")
	frappe.db.savepoint("clean")
	with pytest.raises(frappe.ValidationError):
		planned(**fields)
	frappe.db.rollback(save_point="clean")
	assert frappe.db.count("Interaction") == before


def test_saving_again_creates_no_second_next_step():
	doc = planned()
	for notes in ("one", "two", "three"):
		change_record(doc, notes=notes).reload()
	assert follow_ups(doc) == [doc.next_activity]


def test_changing_the_plan_moves_the_planned_activity():
	doc = change_record(planned(), next_on=LATER, next_type="E-mail")
	new = next_step_of(doc)
	assert (str(new.starts_on), new.interaction_type) == (LATER, "E-mail")
	assert doc.next_in == 0, "the number would contradict the date"
	change_record(doc, next_in=3, next_unit="Weeks")
	assert getdate(next_step_of(doc).starts_on) == getdate(add_days(half_an_hour_on(), 21))
	assert follow_ups(doc) == [doc.next_activity]
	assert_consistent()


def test_a_next_step_moved_on_its_own_keeps_its_time():
	doc = planned()
	change_record(next_step_of(doc), starts_on=LATER)
	change_record(doc.reload(), notes="more")
	assert str(next_step_of(doc).starts_on) == LATER


@pytest.mark.parametrize("emptied", [{"plan_next": 0}, {"next_on": None, "next_in": 0}])
def test_clearing_the_plan_cancels_the_planned_activity(emptied):
	doc = planned()
	new = next_step_of(doc)
	change_record(doc, **emptied).reload()
	assert (doc.plan_next, doc.next_on, doc.next_activity) == (0, None, None)
	assert stored(new, "status") == "Cancelled"
	change_record(doc, plan_next=1, next_in=1, next_unit="Weeks")
	assert doc.next_activity != new.name
	assert next_step_of(doc).status == "Planned"
	assert_consistent()


def test_a_held_next_step_cannot_be_rescheduled():
	doc = planned()
	change_record(next_step_of(doc), status="Held")
	with pytest.raises(frappe.ValidationError, match="is already Held"):
		change_record(doc.reload(), next_on=LATER)


def test_a_next_step_of_another_type_replaces_the_planned_one():
	doc = planned(participants=[{"full_name": "Ivan", "side": "Theirs"}])
	old = next_step_of(doc)
	change_record(doc, next_doctype="Meeting", next_type="Meeting")
	assert doc.next_activity_type == "Meeting"
	assert stored(old, "status") in (None, "Cancelled")
	assert_consistent()


def test_deleting_the_next_step_clears_the_plan():
	doc = planned()
	frappe.delete_doc("Interaction", doc.next_activity)
	doc.reload()
	assert (doc.plan_next, doc.next_activity) == (0, None)
	doc.save()
	assert not follow_ups(doc)


def test_deleting_the_activity_keeps_its_next_step():
	doc = planned()
	new = next_step_of(doc)
	frappe.delete_doc("Interaction", doc.name)
	new.reload()
	assert (new.status, new.planned_by) == ("Planned", None)
	assert_consistent()


def test_disabled_values_are_not_copied_to_the_next_step():
	record("Interaction Dictionary", title="Region")
	value = record("Interaction Dictionary Value", dictionary="Region", value="North")
	category = frappe.get_doc("Interaction Category", "Trade Negotiations")
	values = [{"dictionary": "Region", "value": value.name}]
	doc = interaction(category=category.name, dictionary_values=values)
	change_record(value, disabled=1), change_record(category, disabled=1)
	change_record(doc, **PLAN)
	assert (next_step_of(doc).category, next_step_of(doc).dictionary_values) == (None, [])


def test_a_disabled_user_gets_no_next_step(marta):
	doc = interaction(responsible=marta.name)
	change_record(marta, enabled=0)
	change_record(doc, **PLAN)
	assert next_step_of(doc).responsible == "Administrator"


def test_a_closed_chain_accepts_no_next_step():
	doc = interaction()
	frappe.db.set_value("Interaction Chain", doc.chain, "status", "Closed")
	with pytest.raises(ChainClosedError):
		change_record(doc, **PLAN)


def test_only_the_server_links_an_activity_with_its_next_step():
	other = interaction().name
	step = {"next_activity_type": "Interaction", "next_activity": other}
	doc = interaction(planned_by_type="Interaction", planned_by=other, **step)
	assert (doc.planned_by, doc.next_activity) == (None, None)
	assert change_record(doc, **step).next_activity is None


def test_a_copy_has_no_next_step():
	copy = frappe.copy_doc(planned(), ignore_no_copy=False)
	assert not (copy.plan_next or copy.next_on or copy.next_activity)
	assert not follow_ups(copy.insert())


def test_a_switched_off_type_cannot_be_planned(settings):
	settings(enable_meetings=0)
	with pytest.raises(frappe.ValidationError, match="switched off"):
		planned(next_type="Meeting", participants=[{"full_name": "Ivan", "side": "Theirs"}])


def test_the_links_of_a_next_step_follow_renamed_activities():
	doc = planned()
	new = frappe.rename_doc("Interaction", doc.next_activity, "INT-OTHER", force=True)
	doc.reload()
	assert doc.next_activity == new
	frappe.rename_doc("Interaction", doc.name, "INT-FIRST", force=True)
	assert frappe.db.get_value("Interaction", new, "planned_by") == "INT-FIRST"


class TestAssignment:
	"""Frappe assigns the next step with a ToDo, which is not an activity."""

	def date_for(self, doc):
		about = {"reference_type": doc.doctype, "reference_name": doc.name}
		return frappe.db.get_value("ToDo", about, "date")

	def test_the_responsible_user_gets_the_assignment(self, marta):
		doc = planned(responsible=marta.name)
		new = next_step_of(doc)
		assert tasks(new) == [(marta.name, "Open")]
		assert self.date_for(new) == getdate(new.starts_on)
		assert not frappe.db.exists("Activity Link", {"activity_type": "ToDo", "party": doc.party})

	def test_the_assignment_moves_with_the_plan(self):
		new = next_step_of(change_record(planned(), next_on=LATER))
		assert (len(tasks(new)), self.date_for(new)) == (1, getdate(LATER))

	def test_the_assignment_follows_the_responsible_user(self, marta):
		new = change_record(next_step_of(planned()), responsible=marta.name)
		assert tasks(new) == [("Administrator", "Cancelled"), (marta.name, "Open")]

	@pytest.mark.parametrize(
		("status", "expected"), [("Held", "Closed"), ("Cancelled", "Cancelled"), ("Not Held", "Closed")]
	)
	def test_the_assignment_ends_with_the_activity(self, status, expected):
		new = change_record(next_step_of(planned()), status=status)
		assert [todo_status for _user, todo_status in tasks(new)] == [expected]


class TestPermissions:
	def test_a_user_plans_their_own_next_step(self):
		partner()
		log_in("marta@example.com", "Interaction User")
		assert next_step_of(planned()).responsible == "marta@example.com"

	def test_planning_a_meeting_needs_create_permission(self):
		partner()
		record("Custom DocPerm", parent="Meeting", role="Interaction User", read=1, write=1)
		frappe.clear_cache()
		log_in("marta@example.com", "Interaction User")
		with pytest.raises(frappe.PermissionError):
			planned(next_type="Meeting", participants=[{"full_name": "Ivan", "side": "Theirs"}])
