"""Several activities are reviewed in one request while other users save theirs; no request is refused (R12)."""

import frappe

from tests.concurrency.crew import at_once, method, named, put
from tests.concurrency.scenery import activities, fresh

REVIEW = "crm_interactions.api.activity.review"
EACH, REVIEWERS = 5, 4


def test_reviews_succeed_while_other_users_save(crew, outcomes):
	for number in range(4):
		baskets = [activities(EACH) for _ in range(REVIEWERS)]
		notes = [put(one, title=f"Call {number}") for one in activities(EACH)[: len(crew) - REVIEWERS]]
		reviews = [method(REVIEW, activities=[*map(named, basket)], reviewed=1) for basket in baskets]
		answers = at_once(crew, [*reviews, *notes])
		results = [answer.result for answer in answers[:REVIEWERS] if answer.ok]
		outcomes.update(reviewed=sum(len(result["done"]) for result in results))
		messages = [answer.messages for answer in answers]
		assert [result["refused"] for result in results] == [[]] * REVIEWERS, messages
		fresh()
		names = [name for basket in baskets for _, name in basket]
		assert frappe.db.count("Interaction", {"name": ("in", names), "reviewed": 1}) == EACH * REVIEWERS
