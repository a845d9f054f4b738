"""The next step of an activity: at most one, planned, moved and cancelled with the activity (R22, R23)."""

from datetime import timedelta

import frappe
import pytest
from frappe.utils import add_days, get_datetime, getdate, now_datetime

from crm_interactions.exceptions import ChainClosedError
from crm_interactions.journal import writer
from tests.site.chain_checks import assert_consistent
from tests.site.factories import contact, interaction, meeting, partner, user

pytestmark = pytest.mark.records_only


def planned(**fields):
	"""Return a call with a planned next step."""
	return interaction(**{"plan_next": 1, "next_in": 2, "next_unit": "Days", **fields})


def follow_up(doc):
	return frappe.get_doc(doc.next_activity_type, doc.next_activity)


def follow_ups(doc) -> list[str]:
	pair = {"planned_by_type": doc.doctype, "planned_by": doc.name}
	return [
		name for doctype in ("Interaction", "Meeting") for name in frappe.get_all(doctype, pair, pluck="name")
	]


def test_saving_creates_a_similar_planned_activity():
	of = partner("Tvrtka d.o.o.")
	ana = contact(of, phone="+385 1 4567 890")
	doc = planned(
		of=of,
		contact=ana.name,
		category="Trade Negotiations",
		priority="High",
		participants=[
			{"participant_type": "Contact", "participant": ana.name},
			{"full_name": "Ivo", "email": "i@x.hr"},
		],
		notes="<p>what was said</p>",
		outcome="Successful",
		rating=0.8,
	)
	new = follow_up(doc)
	for field in (
		"party_type",
		"party",
		"party_name",
		"contact",
		"how_to_reach",
		"category",
		"priority",
		"chain",
		"responsible",
	):
		assert new.get(field) == doc.get(field), field
	assert (new.doctype, new.interaction_type, new.status, new.direction) == (
		"Interaction",
		"Phone Call",
		"Planned",
		"Outgoing",
	)
	assert new.title == doc.title
	assert [(row.participant, row.full_name) for row in new.participants] == [
		(row.participant, row.full_name) for row in doc.participants
	]
	assert (new.planned_by_type, new.planned_by) == (doc.doctype, doc.name)
	assert (new.notes, new.outcome, new.rating, new.plan_next) == (None, None, 0, 0)
	assert (
		writer.find_row(new.doctype, new.name)["previous"] == writer.find_row(doc.doctype, doc.name)["name"]
	)
	assert_consistent()


def test_the_next_step_counts_from_now_or_from_the_end_of_a_future_activity():
	now = now_datetime()
	past = planned(starts_on=add_days(now, -3))
	assert timedelta(days=2) - (get_datetime(past.next_on) - now) < timedelta(minutes=2)
	ahead = planned(
		starts_on="2100-06-01 10:00:00", ends_on="2100-06-01 11:30:00", next_in=4, next_unit="Hours"
	)
	assert get_datetime(ahead.next_on) == get_datetime("2100-06-01 15:30:00")


def test_a_next_step_can_be_planned_by_its_date():
	doc = interaction(
		plan_next=1, next_on="2100-03-01 09:00:00", next_type="E-mail", next_title="Send the list"
	)
	new = follow_up(doc)
	assert (new.starts_on, new.interaction_type, new.title) == (
		get_datetime("2100-03-01 09:00:00"),
		"E-mail",
		"Send the list",
	)
	assert doc.next_in == 0


def test_a_meeting_can_be_planned_after_a_call():
	of = partner("Tvrtka d.o.o.")
	ana = contact(of, phone="+385 1 4567 890")
	doc = planned(of=of, contact=ana.name, next_type="Meeting")
	assert doc.next_activity_type == "Meeting"
	new = follow_up(doc)
	assert new.participants[0].participant == ana.name
	assert new.chain == doc.chain
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
	assert follow_up(doc).status == "Planned"


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
		doc.notes = notes
		doc.save()
		doc.reload()
	assert follow_ups(doc) == [doc.next_activity]


def test_changing_the_plan_moves_the_planned_activity():
	doc = planned()
	doc.next_on = "2100-03-01 09:00:00"
	doc.next_type = "E-mail"
	doc.save()
	new = follow_up(doc)
	assert (new.starts_on, new.interaction_type) == (get_datetime("2100-03-01 09:00:00"), "E-mail")
	assert doc.next_in == 0, "the number would contradict the date"
	doc.next_in, doc.next_unit = 3, "Weeks"
	doc.save()
	assert getdate(follow_up(doc).starts_on) == getdate(add_days(now_datetime(), 21))
	assert follow_ups(doc) == [doc.next_activity]
	assert_consistent()


def test_a_next_step_moved_on_its_own_keeps_its_time():
	doc = planned()
	new = follow_up(doc)
	new.starts_on = "2100-03-01 09:00:00"
	new.save()
	doc.reload()
	doc.notes = "more"
	doc.save()
	assert follow_up(doc).starts_on == get_datetime("2100-03-01 09:00:00")


@pytest.mark.parametrize("emptied", [{"plan_next": 0}, {"next_on": None, "next_in": 0}])
def test_clearing_the_plan_cancels_the_planned_activity(emptied):
	doc = planned()
	new = follow_up(doc)
	doc.update(emptied)
	doc.save()
	doc.reload()
	assert (doc.plan_next, doc.next_on, doc.next_activity) == (0, None, None)
	assert frappe.db.get_value("Interaction", new.name, "status") == "Cancelled"
	doc.update({"plan_next": 1, "next_in": 1, "next_unit": "Weeks"})
	doc.save()
	assert doc.next_activity != new.name
	assert follow_up(doc).status == "Planned"
	assert_consistent()


def test_a_held_next_step_cannot_be_rescheduled():
	doc = planned()
	new = follow_up(doc)
	new.status = "Held"
	new.save()
	doc.reload()
	doc.next_on = "2100-03-01 09:00:00"
	with pytest.raises(frappe.ValidationError, match="is Held by now"):
		doc.save()


def test_a_next_step_of_another_type_replaces_the_planned_one():
	doc = planned(participants=[{"full_name": "Ivan", "side": "Theirs"}])
	old = follow_up(doc)
	doc.next_doctype, doc.next_type = "Meeting", "Meeting"
	doc.save()
	assert doc.next_activity_type == "Meeting"
	assert frappe.db.get_value("Interaction", old.name, "status") in (None, "Cancelled")
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
	new = follow_up(doc)
	frappe.delete_doc("Interaction", doc.name)
	new.reload()
	assert (new.status, new.planned_by) == ("Planned", None)
	assert_consistent()


def test_disabled_values_are_not_copied_to_the_next_step():
	frappe.get_doc({"doctype": "Interaction Dictionary", "title": "Region"}).insert()
	frappe.get_doc(
		{"doctype": "Interaction Dictionary Value", "dictionary": "Region", "value": "North"}
	).insert()
	value = frappe.db.get_value("Interaction Dictionary Value", {"dictionary": "Region"})
	doc = interaction(
		category="Trade Negotiations", dictionary_values=[{"dictionary": "Region", "value": value}]
	)
	for dictionary, name in (
		("Interaction Category", "Trade Negotiations"),
		("Interaction Dictionary Value", value),
	):
		found = frappe.get_doc(dictionary, name)
		found.disabled = 1
		found.save()
	doc.update({"plan_next": 1, "next_in": 2, "next_unit": "Days"})
	doc.save()
	assert (follow_up(doc).category, follow_up(doc).dictionary_values) == (None, [])


def test_a_disabled_user_gets_no_next_step():
	marta = user("marta@example.com", "Interaction User")
	doc = interaction(responsible=marta.name)
	marta.enabled = 0
	marta.save()
	doc.update({"plan_next": 1, "next_in": 2, "next_unit": "Days"})
	doc.save()
	assert follow_up(doc).responsible == "Administrator"


def test_a_closed_chain_accepts_no_next_step():
	doc = interaction()
	frappe.db.set_value("Interaction Chain", doc.chain, "status", "Closed")
	doc.update({"plan_next": 1, "next_in": 2, "next_unit": "Days"})
	with pytest.raises(ChainClosedError):
		doc.save()


def test_only_the_server_links_an_activity_with_its_next_step():
	other = interaction()
	doc = interaction(
		planned_by_type="Interaction",
		planned_by=other.name,
		next_activity_type="Interaction",
		next_activity=other.name,
	)
	assert (doc.planned_by, doc.next_activity) == (None, None)
	doc.next_activity_type, doc.next_activity = "Interaction", other.name
	doc.save()
	assert doc.next_activity is None


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

	def todos(self, doc) -> list:
		fields = ["allocated_to", "status", "date"]
		pair = {"reference_type": doc.doctype, "reference_name": doc.name}
		return frappe.get_all("ToDo", filters=pair, fields=fields, order_by="creation")

	def test_the_responsible_user_gets_the_assignment(self):
		marta = user("marta@example.com", "Interaction User")
		doc = planned(responsible=marta.name)
		new = follow_up(doc)
		(todo,) = self.todos(new)
		assert (todo.allocated_to, todo.status, todo.date) == (marta.name, "Open", getdate(new.starts_on))
		assert not frappe.db.exists("Activity Link", {"activity_type": "ToDo", "party": doc.party})

	def test_the_assignment_moves_with_the_plan(self):
		doc = planned()
		doc.next_on = "2100-03-01 09:00:00"
		doc.save()
		assert [todo.date for todo in self.todos(follow_up(doc))] == [getdate("2100-03-01")]

	def test_the_assignment_follows_the_responsible_user(self):
		marta = user("marta@example.com", "Interaction User")
		new = follow_up(planned())
		new.responsible = marta.name
		new.save()
		assert [(todo.allocated_to, todo.status) for todo in self.todos(new)] == [
			("Administrator", "Cancelled"),
			(marta.name, "Open"),
		]

	@pytest.mark.parametrize(
		("status", "expected"), [("Held", "Closed"), ("Cancelled", "Cancelled"), ("Not Held", "Closed")]
	)
	def test_the_assignment_ends_with_the_activity(self, status, expected):
		new = follow_up(planned())
		new.status = status
		new.save()
		assert [todo.status for todo in self.todos(new)] == [expected]


class TestPermissions:
	def test_a_user_plans_their_own_next_step(self, as_user):
		user("marta@example.com", "Interaction User")
		partner()
		as_user("marta@example.com")
		doc = planned()
		assert follow_up(doc).responsible == "marta@example.com"

	def test_planning_a_meeting_needs_create_permission(self, as_user):
		meeting()
		frappe.get_doc(
			{
				"doctype": "Custom DocPerm",
				"parent": "Meeting",
				"role": "Interaction User",
				"read": 1,
				"write": 1,
			}
		).insert()
		frappe.clear_cache()
		user("marta@example.com", "Interaction User")
		as_user("marta@example.com")
		with pytest.raises(frappe.PermissionError):
			planned(next_type="Meeting", participants=[{"full_name": "Ivan", "side": "Theirs"}])
