"""Assignments of one activity to several users at once give access to each, or are refused (R26)."""

import frappe
import pytest

from tests.concurrency.crew import at_once, method
from tests.concurrency.scenery import activities, fresh
from tests.site.factories import user

ROUNDS, USERS = 20, 4


@pytest.mark.usefixtures("many_writers")
def test_users_who_are_assigned_at_once_are_all_in_the_audience(crew, outcomes):
	names = [
		user(f"{frappe.generate_hash(length=8)}@example.com", "Interaction User").name for _ in range(USERS)
	]
	frappe.db.commit()
	for _ in range(ROUNDS):
		((doctype, name),) = activities(1)
		assign = {"doctype": doctype, "name": name}
		requests = [method("frappe.desk.form.assign_to.add", **assign, assign_to=[one]) for one in names]
		answers = at_once(crew[:USERS], requests)
		fresh()
		audience = frappe.db.get_value(doctype, name, "audience")
		members = frappe.get_all("Activity Audience", {"audience": audience}, pluck="user")
		assigned = [one for one, answer in zip(names, answers, strict=True) if answer.ok]
		outcomes["assigned"] += len(assigned)
		assert assigned, [answer.messages for answer in answers]
		assert {*assigned} <= {*members}
