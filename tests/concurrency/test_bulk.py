"""Bulk requests for the same activities in opposite orders: each activity is changed once or the request is refused."""

import frappe
import pytest

from tests.concurrency.crew import at_once, method, named
from tests.concurrency.scenery import activities, fresh

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


def results(answers, outcomes) -> list[dict]:
	"""Return the results of successful requests; assert that the others were refused as a whole with SENTENCE."""
	outcomes.update(answer.outcome for answer in answers)
	for answer in answers:
		assert answer.ok or (400 <= answer.status < 500 and SENTENCE in answer.messages), answer.messages
	found = [answer.result for answer in answers if answer.ok]
	assert found, "all requests were refused"
	return found


def test_each_activity_is_completed_by_one_of_many_requests(two_dozen, outcomes):
	names = [name for _, name in activities(EACH)]
	what = {"activity_type": "Interaction", "then": "plan", "next": NEXT}
	both = [method(f"{API}.complete_many", activities=names[::step], **what) for step in (1, -1)]
	found = results(at_once(two_dozen, both * (REQUESTS // 2)), outcomes)
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
	new = activities(EACH)
	names, pairs = [name for _, name in new], [*map(named, new)]
	review = method(f"{API}.review", activities=pairs, reviewed=1)
	control = method(f"{API}.control", activities=pairs[::-1], under_control=1)
	for result in results(at_once(two_dozen, [review, control] * (REQUESTS // 2)), outcomes):
		assert sorted(result["done"]) == names, result["refused"]
	fresh()
	filters = {"name": ("in", names), "reviewed": 1, "under_control": 1}
	assert frappe.db.count("Interaction", filters) == EACH
