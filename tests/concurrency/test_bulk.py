"""Bulk requests for the same activities in opposite orders: each activity is changed once or the request is refused."""

import frappe
import pytest

from tests.concurrency.crew import at_once, method
from tests.concurrency.scenery import fresh
from tests.site.factories import interaction

API = "crm_interactions.api.activity"
EACH, REQUESTS = 3, 24
NEXT = {"next_in": 2, "next_unit": "Days"}
SENTENCE = "so nothing was saved. Save again."


@pytest.fixture(scope="module")
def two_dozen(nursery, crew, authorizations):
	"""Return one server process for each request; some users have two."""
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


def record(answers, outcomes) -> list[dict]:
	"""Return the results of successful requests; assert that the others were refused as a whole with SENTENCE."""
	outcomes.update(answer.outcome for answer in answers)
	for answer in answers:
		assert answer.ok or (400 <= answer.status < 500 and SENTENCE in answer.messages), answer.messages
	found = [answer.result for answer in answers if answer.ok]
	assert found, "all requests were refused"
	return found


def test_each_activity_is_completed_by_one_of_many_requests(two_dozen, outcomes):
	names = made()
	what = {"activity_type": "Interaction", "then": "plan", "next": NEXT}
	requests = [
		method(f"{API}.complete_many", activities=names[::step], **what)
		for _ in range(REQUESTS // 2)
		for step in (1, -1)
	]
	answers = at_once(two_dozen, requests)
	found = record(answers, outcomes)
	assert sorted(name for result in found for name in result["done"]) == names
	for result in found:
		assert sorted([*result["done"], *(refused["activity"] for refused in result["refused"])]) == names
		assert all("completed" in refused["reason"] for refused in result["refused"])
	fresh()
	assert frappe.db.count("Interaction", {"name": ("in", names), "completed": 1}) == EACH
	planned = frappe.get_all("Interaction", {"planned_by": ("in", names)}, pluck="planned_by")
	assert sorted(planned) == names


def test_concurrent_reviews_and_controls_are_all_recorded(two_dozen, outcomes):
	"""Half of the requests review in one order, the others put under control in the opposite order."""
	names = made()
	requests = [
		method(f"{API}.{name}", activities=pairs(names[::step]), **values)
		for _ in range(REQUESTS // 2)
		for name, values, step in (("review", {"reviewed": 1}, 1), ("control", {"under_control": 1}, -1))
	]
	for result in record(at_once(two_dozen, requests), outcomes):
		assert sorted(result["done"]) == names, result["refused"]
	fresh()
	filters = {"name": ("in", names), "reviewed": 1, "under_control": 1}
	assert frappe.db.count("Interaction", filters) == EACH
