"""The worked example through REST with an API key, on the running server."""

import os
from urllib.parse import quote

import pytest
import requests

BASE = os.environ["CRM_BASE_URL"].rstrip("/")
SITE = os.environ["CRM_SITE"]
PASSWORD = os.environ["CRM_ADMIN_PASSWORD"]
PROGRAM = "rest-program@example.com"
SHOP = "Бытовая техника (Москва)"
COMPLETE, REOPEN = (f"method/crm_interactions.api.activity.{verb}" for verb in ("complete", "reopen"))
REFUSED = range(400, 500)

pytestmark = pytest.mark.every_platform


class Client(requests.Session):
	"""A session with the site, for any host name of the server."""

	def __init__(self, **headers: str):
		super().__init__()
		self.headers.update({"X-Frappe-Site-Name": SITE, "Accept": "application/json", **headers})

	def call(self, verb: str, path: str, **values):
		return self.request(verb, f"{BASE}/api/{path}", json=values or None, timeout=60)

	def read(self, method: str, **values):
		return self.get(f"{BASE}/api/method/{method}", params=values, timeout=60)

	def make(self, doctype: str, **values) -> dict:
		answer = self.call("POST", f"resource/{quote(doctype)}", **values)
		assert answer.status_code == 200, answer.text
		return answer.json()["data"]


def assert_refused(answer, message: str) -> None:
	assert answer.status_code in REFUSED
	assert message in answer.text


def at(doctype: str, name: str) -> str:
	return f"resource/{quote(doctype)}/{quote(name, safe='')}"


@pytest.fixture(scope="module")
def admin():
	client = Client()
	assert client.call("POST", "method/login", usr="Administrator", pwd=PASSWORD).status_code == 200
	return client


@pytest.fixture(scope="module")
def made(admin):
	"""Return a list for (DocType, name) of documents, which are deleted at the end, last first."""
	made: list[tuple[str, str]] = []
	yield made
	for doctype, name in reversed(made):
		if doctype == "Interaction":
			admin.call("POST", REOPEN, activity_type=doctype, activity=name)
		answer = admin.call("DELETE", at(doctype, name))
		assert answer.status_code == 202, answer.text


@pytest.fixture(scope="module")
def program(admin, made):
	"""Return a client with the API key of an Interaction Manager."""
	user = {"email": PROGRAM, "first_name": "Program", "send_welcome_email": 0}
	admin.make("User", **user, roles=[{"role": "Interaction Manager"}])
	made.append(("User", PROGRAM))
	answer = admin.call("POST", "method/frappe.core.doctype.user.user.generate_keys", user=PROGRAM)
	secret = answer.json()["message"]["api_secret"]
	key = admin.call("GET", at("User", PROGRAM)).json()["data"]["api_key"]
	return Client(Authorization=f"token {key}:{secret}")


@pytest.fixture(scope="module")
def shop(admin, made) -> tuple[str, str]:
	"""Return the example's shop as (document type, name); the type depends on the platform."""
	settings = admin.call("GET", at("CRM Interactions Settings", "CRM Interactions Settings")).json()["data"]
	kind = settings["party_types"][0]["party_type"]
	title = {"Customer": "customer_name"}.get(kind, "partner_name")
	named = {"filters": f'[["{title}", "=", "{SHOP}"]]'}
	found = admin.get(f"{BASE}/api/resource/{kind}", params=named, timeout=60)
	if rows := found.json()["data"]:
		return kind, rows[0]["name"]
	name = admin.make(kind, **{title: SHOP})["name"]
	made.append((kind, name))
	return kind, name


@pytest.fixture(scope="module")
def person(admin, made, shop) -> str:
	links = [{"link_doctype": shop[0], "link_name": shop[1]}]
	phones = [{"phone": "+7 495 6329816", "is_primary_phone": 1}]  # valid for a site in any country
	name = admin.make("Contact", first_name=SHOP, links=links, phone_nos=phones)["name"]
	made.append(("Contact", name))
	return name


@pytest.fixture(scope="module")
def example(program, made, shop, person) -> dict:
	"""Record the worked example and return its values and name."""
	values = {
		"interaction_type": "Phone Call",
		"direction": "Incoming",
		"party_type": shop[0],
		"party": shop[1],
		"how_to_reach": "(495) 6329816",
		"contact": person,
		"title": "Консультация",
		"notes": "Консультация по поводу покупки бытовой техники",
		"reviewed": 1,
		"priority": "Normal",
	}
	doc = program.make("Interaction", **values)
	made.append(("Interaction", doc["name"]))
	return {**values, "name": doc["name"]}


def test_the_example_is_read_back_unchanged(program, example):
	read = program.call("GET", at("Interaction", example["name"])).json()["data"]
	assert {field: read[field] for field in example} == example
	assert (read["party_name"], read["status"], read["completed"]) == (SHOP, "Held", 0)
	assert read["responsible"] == read["reviewed_by"] == PROGRAM


def test_a_call_without_a_partner_is_refused_with_a_message(program, example):
	answer = program.call("POST", "resource/Interaction", interaction_type="Phone Call", title="Консультация")
	assert_refused(answer, "Choose the partner")


def test_an_invalid_date_is_refused_with_a_message(program, example):
	answer = program.call("PUT", at("Interaction", example["name"]), starts_on="31.03.2026")
	assert_refused(answer, "is not a valid date for")


def test_a_completed_interaction_is_read_only_until_reopened(program, example):
	target = {"activity_type": "Interaction", "activity": example["name"]}
	path = at("Interaction", example["name"])
	assert program.call("POST", COMPLETE, **target).json()["message"]["completed_by"] == PROGRAM

	answer = program.call("PUT", path, title="Something else")
	assert_refused(answer, "is completed and can't be changed")
	assert program.call("DELETE", path).status_code in REFUSED
	assert program.call("GET", path).json()["data"]["title"] == "Консультация"

	answer = program.call("POST", REOPEN, **target, reason="Typing error")
	assert answer.json()["message"]["reopened_by"] == PROGRAM
	assert program.call("PUT", path, reason="Choice of a washing machine").status_code == 200


def test_a_caller_is_found_by_number(program, shop, person):
	answer = program.read("crm_interactions.api.party.find", reach_text="+7 (495) 632-98-16")
	found = {row["contact"]: row for row in answer.json()["message"]}
	assert found[person]["full_name"] == SHOP
	# without a role of ERPNext, the program may not read customers
	assert (found[person]["party_type"], found[person]["party"]) in (shop, (None, None))


@pytest.mark.parametrize("method", ["complete", "reopen"])
def test_methods_that_change_records_refuse_get(program, example, method):
	target = {"activity_type": "Interaction", "activity": example["name"]}
	answer = program.read(f"crm_interactions.api.activity.{method}", **target)
	assert answer.status_code == 403


@pytest.mark.parametrize("headers", [{}, {"Authorization": "token nobody:secret"}])
def test_requests_without_a_valid_key_are_refused(example, headers):
	stranger = Client(**headers)
	assert stranger.call("GET", at("Interaction", example["name"])).status_code in (401, 403)
	assert stranger.call("POST", "resource/Interaction", title="Spam").status_code in (401, 403)
