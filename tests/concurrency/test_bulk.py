"""Requests for several activities at once, in opposite orders: each activity is changed once, or its request is refused."""

import frappe
import pytest
from crew import at_once, method
from factories import interaction
from scenery import fresh

API = "crm_interactions.api.activity"
EACH, REQUESTS = 3, 24
NEXT = {"next_in": 2, "next_unit": "Days"}
SENTENCE = "so nothing of this was saved. Save again."


@pytest.fixture(scope="module")
def two_dozen(nursery, crew, authorizations):
	"""Return as many server processes as there are requests; some users have two."""
	more = [nursery.worker(authorization) for authorization in authorizations[: REQUESTS - len(crew)]]
	yield [*crew, *more]
	for worker in more:
		worker.close()


def made() -> list[str]:
	names = [interaction().name for _ in range(EACH)]
	frappe.db.commit()
	return names


def pairs(names: list[str]) -> list[dict]:
	return [{"activity_type": "Interaction", "activity": name} for name in names]


def told(answers, outcomes) -> list[dict]:
	"""Return the answers; all other requests were refused as a whole, with the sentence."""
	outcomes.update(answer.outcome for answer in answers)
	for answer in answers:
		assert answer.ok or (400 <= answer.status < 500 and SENTENCE in answer.told), answer.told
	found = [answer.result for answer in answers if answer.ok]
	assert found, "all were refused"
	return found


def test_all_complete_the_same_activities(two_dozen, outcomes):
	names = made()
	what = {"activity_type": "Interaction", "then": "plan", "next": NEXT}
	requests = [
		method(f"{API}.complete_many", activities=names[::step], **what)
		for _ in range(REQUESTS // 2)
		for step in (1, -1)
	]
	answers = at_once(two_dozen, requests)
	found = told(answers, outcomes)
	assert sorted(name for one in found for name in one["done"]) == names
	for one in found:
		assert sorted([*one["done"], *(refused["activity"] for refused in one["refused"])]) == names
		assert all("completed" in refused["reason"] for refused in one["refused"])
	fresh()
	assert frappe.db.count("Interaction", {"name": ("in", names), "completed": 1}) == EACH
	planned = frappe.get_all("Interaction", {"planned_by": ("in", names)}, pluck="planned_by")
	assert sorted(planned) == names


def test_all_look_at_the_same_activities(two_dozen, outcomes):
	"""Half of them review, forwards; the others put under control, backwards."""
	names = made()
	requests = [
		method(f"{API}.{name}", activities=pairs(names[::step]), **values)
		for _ in range(REQUESTS // 2)
		for name, values, step in (("review", {"reviewed": 1}, 1), ("control", {"under_control": 1}, -1))
	]
	for one in told(at_once(two_dozen, requests), outcomes):
		assert sorted(one["done"]) == names, one["refused"]
	fresh()
	looked_at = {"name": ("in", names), "reviewed": 1, "under_control": 1}
	assert frappe.db.count("Interaction", looked_at) == EACH
