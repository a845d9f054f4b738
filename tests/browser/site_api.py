"""The running site through HTTP as Administrator, for the records that browser tests need."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import requests

PASSWORD = "Fern!weh-Kutsche-47"
SETTINGS = "CRM Interactions Settings"
# on SQLite, a request is refused while a worker writes, and has to be repeated
LOCKED, TRIES = "QueryDeadlockError", 20


# types of records that a test leaves, each before those that it refers to
DEPENDENT_FIRST = (
	*("Notification Log", "Activity Plan Run", "ToDo", "Event", "Captured Item", "Communication"),
	*("Product Record", "Meeting", "Interaction", "Interaction Chain", "Activity Plan"),
	*("Meeting Resource", "Interaction Team", "Contact", "Note"),
)
COMPLETED = ("Interaction", "Meeting")


class RetryingSession(requests.Session):
	def request(self, *arguments, **values) -> requests.Response:
		for _ in range(TRIES):
			answer = super().request(*arguments, **values)
			if answer.ok or LOCKED not in answer.text:
				break
			time.sleep(0.5)
		return answer


class Site:
	def __init__(self, url: str, admin_password: str):
		self.url = url.rstrip("/")
		self.http = RetryingSession()
		self.made: list[tuple[str, str]] = []
		login = {"usr": "Administrator", "pwd": admin_password}
		self._check(self.http.post(f"{self.url}/api/method/login", data=login))
		page = self.http.get(f"{self.url}/app").text
		token = page.split('csrf_token = "')[1].split('"')[0] if 'csrf_token = "' in page else ""
		self.http.headers["X-Frappe-CSRF-Token"] = token

	def make(self, doctype: str, **values) -> dict:
		"""Insert a document, record it for `clean` and return it."""
		doc = self._check(self.http.post(f"{self.url}/api/resource/{doctype}", json=values))["data"]
		self.made.append((doctype, doc["name"]))
		return doc

	def phone_call(self, title: str, **values) -> dict:
		return self.make("Interaction", interaction_type="Phone Call", title=title, **values)

	def get(self, doctype: str, name: str) -> dict:
		return self._check(self.http.get(f"{self.url}/api/resource/{doctype}/{name}"))["data"]

	def put(self, doctype: str, name: str, **values) -> dict:
		return self._check(self.http.put(f"{self.url}/api/resource/{doctype}/{name}", json=values))["data"]

	@contextmanager
	def changed(self, settings: str, **values) -> Iterator[None]:
		"""Change settings while the block runs, and restore them afterwards in any case."""
		before = self.get(settings, settings)
		self.wait_for_jobs()
		self.put(settings, settings, **values)
		try:
			yield
		finally:
			self.wait_for_jobs()
			self.put(settings, settings, **{field: _insertable(before[field]) for field in values})

	def settings(self, **values):
		"""Change the app's settings while a block runs."""
		return self.changed(SETTINGS, **values)

	def wait_for_jobs(self) -> None:
		"""Wait until no job is running, since a job that began before a change would cache old values after it."""
		for _ in range(TRIES):
			if not any(self._jobs(status) for status in ("queued", "started")):
				return
			time.sleep(0.5)

	def _jobs(self, status: str) -> list:
		filters = requests.compat.json.dumps([["RQ Job", "status", "=", status]])
		values = {"filters": filters, "order_by": "creation asc"}  # Frappe 15 fails without an order
		return self._check(self.http.get(f"{self.url}/api/resource/RQ Job", params=values))["data"]

	def find(self, doctype: str, **filters) -> list[str]:
		values = {"doctype": doctype, "filters": requests.compat.json.dumps(filters), "limit_page_length": 0}
		answer = self.http.get(f"{self.url}/api/method/frappe.client.get_list", params=values)
		return [row["name"] for row in self._check(answer)["message"]]

	def call(self, method: str, **values):
		return self._check(self.http.post(f"{self.url}/api/method/{method}", json=values)).get("message")

	def complete(self, interaction: str) -> None:
		method = "crm_interactions.api.activity.complete"
		self.call(method, activity_type="Interaction", activity=interaction)

	def join(self, interaction: str, target: str, **answers) -> None:
		"""Join the chain of an interaction into the chain of another one."""
		values = {"activity": interaction, "target": target, **answers}
		values |= {"activity_type": "Interaction", "target_type": "Interaction"}
		self.call("crm_interactions.api.chain.link", **values)

	def user(self, email: str, first_name: str, *roles: str) -> str:
		"""Make a Desk user who can log in with PASSWORD."""
		if self.find("User", name=email):
			# left by an earlier run, in which a refused deletion removed the password
			self.put("User", email, new_password=PASSWORD)
		else:
			values = {"email": email, "first_name": first_name, "new_password": PASSWORD, "language": "en"}
			self.make("User", **values, send_welcome_email=0, roles=[{"role": role} for role in roles])
		return email

	def party(self, name: str, *contact: str) -> dict:
		"""Make a partner, with a contact by first name and number if given. Return them as fields of an activity.

		Those of a first attempt at the same test are found again.
		"""
		party_type = self.get(SETTINGS, SETTINGS)["party_types"][0]["party_type"]
		customer = {"customer_name": name, "customer_type": "Company"}
		values = customer if party_type == "Customer" else {"partner_name": name}
		known = self.find(party_type, **values)
		fields = {"party_type": party_type, "party": (known or [self.make(party_type, **values)["name"]])[0]}
		if not contact:
			return fields
		known = self.find("Contact", first_name=contact[0]) if known else []
		return {**fields, "contact": known[0] if known else self.contact(fields, *contact)}

	def contact(self, party: dict, first_name: str, phone: str) -> str:
		"""Make a contact of a partner and return its name."""
		links = [{"link_doctype": party["party_type"], "link_name": party["party"]}]
		phones = [{"phone": phone, "is_primary_phone": 1}]
		return self.make("Contact", first_name=first_name, links=links, phone_nos=phones)["name"]

	def clean(self) -> None:
		"""Delete the inserted documents, last first; documents still in use stay."""
		for doctype, name in reversed(self.made):
			self.http.delete(f"{self.url}/api/resource/{doctype}/{name}")

	def remove_since(self, moment: datetime) -> None:
		"""Remove the records of this moment and later, as far as nothing older needs them. Users stay."""
		party_types = [row["party_type"] for row in self.get(SETTINGS, SETTINGS)["party_types"]]
		self.wait_for_jobs()
		for doctype in (*DEPENDENT_FIRST, *party_types):
			for name in self.find(doctype, creation=[">=", str(moment)]):
				if doctype in COMPLETED:  # these can't be deleted
					reopened = {"activity_type": doctype, "activity": name}
					self.http.post(
						f"{self.url}/api/method/crm_interactions.api.activity.reopen", json=reopened
					)
				self.http.delete(f"{self.url}/api/resource/{doctype}/{name}")

	@staticmethod
	def _check(answer: requests.Response) -> dict:
		assert answer.ok, f"{answer.request.method} {answer.url}: {answer.status_code} {answer.text[-2000:]}"
		return answer.json()


def _insertable(value):
	"""Return a value for setting it again: rows of a child table without their names."""
	if not isinstance(value, list):
		return value
	return [{field: row[field] for field in row if field != "name"} for row in value]
