"""Several activities are reviewed in one request while other users save theirs; no request is refused (R12)."""

import frappe

from tests.concurrency.crew import at_once, method, put
from tests.concurrency.scenery import fresh
from tests.site.factories import interaction

REVIEW = "crm_interactions.api.activity.review"
EACH, REVIEWERS = 5, 4


def made() -> list:
	docs = [interaction() for _ in range(EACH)]
	frappe.db.commit()
	return docs


def review(docs):
	activities = [{"activity_type": doc.doctype, "activity": doc.name} for doc in docs]
	return method(REVIEW, activities=activities, reviewed=1)


def test_reviews_succeed_while_other_users_save(crew, outcomes):
	for number in range(4):
		baskets = [made() for _ in range(REVIEWERS)]
		notes = [
			put((doc.doctype, doc.name), title=f"Call {number}") for doc in made()[: len(crew) - REVIEWERS]
		]
		answers = at_once(crew, [*map(review, baskets), *notes])
		results = [answer.result for answer in answers[:REVIEWERS] if answer.ok]
		outcomes.update(reviewed=sum(len(result["done"]) for result in results))
		assert [result["refused"] for result in results] == [[]] * REVIEWERS, [
			answer.messages for answer in answers
		]
		fresh()
		names = [doc.name for docs in baskets for doc in docs]
		assert frappe.db.count("Interaction", {"name": ("in", names), "reviewed": 1}) == EACH * REVIEWERS
