"""Own and Team through real requests: a change of a team, role or share applies from the next request on (R26)."""

import json

import pytest
import requests

from tests.browser.site_api import PASSWORD, Site

ME, BOSS, OTHER = (f"rest.{name}@example.com" for name in ("me", "boss", "other"))
FORBIDDEN = (403, 404)


def can_export(site: Site) -> bool:
	"""Return False if Frappe can't export its own roles: Frappe 15 can't on PostgreSQL (frappe/frappe#29198)."""
	shown = {"doctype": "Role", "fields": '["`tabRole`.`name`"]', "file_format_type": "CSV", "filters": "[]"}
	answer = site.http.get(f"{site.url}/api/method/frappe.desk.reportview.export_query", params=shown)
	return "DocType (`tabRole not found" not in answer.text


class Colleague:
	"""A user with their own session."""

	def __init__(self, site: Site, email: str, *roles: str):
		site.user(email, email.split("@")[0], *roles)
		self.url, self.http, self.exports = site.url, requests.Session(), can_export(site)
		login = {"usr": email, "pwd": PASSWORD}
		assert self.http.post(f"{self.url}/api/method/login", data=login).ok
		page = self.http.get(f"{self.url}/app").text
		self.http.headers["X-Frappe-CSRF-Token"] = page.split('csrf_token = "')[1].split('"')[0]

	def get(self, path: str, **values) -> requests.Response:
		return self.http.get(f"{self.url}/{path}", params=values)

	def sees(self, name: str, chain: str) -> bool:
		"""Return True if the user can read the activity; assert that all doors agree."""
		named = {"doctype": "Interaction", "name": name}
		filtered = {"doctype": "Interaction", "filters": json.dumps({"name": name}), "fieldname": "name"}
		exported = {"doctype": "Interaction", "file_format_type": "CSV", "filters": "[]"}
		exported["fields"] = json.dumps(["`tabInteraction`.`name`"])
		lists = {
			"v1 list": self.get("api/resource/Interaction", limit_page_length=0),
			"v2 list": self.get("api/v2/document/Interaction", limit=1000),
			"value": self.method("frappe.client.get_value", **filtered),
			"export": self.method("frappe.desk.reportview.export_query", **exported),
			"journal": self.get("api/resource/Activity Link", fields='["activity"]', limit_page_length=0),
		}
		documents = {
			"v1 document": self.get(f"api/resource/Interaction/{name}"),
			"v2 document": self.get(f"api/v2/document/Interaction/{name}"),
			"print": self.get("printview", **named),
		}
		if not self.exports:
			del lists["export"]
		form = self.method("frappe.desk.form.load.getdoc", **named)
		page = self.method("crm_interactions.api.chain.page", chain=chain)
		found = {"form": form.ok, "page of the chain": page.ok}
		found |= {door: name in answer.text for door, answer in lists.items()}
		found |= {door: answer.status_code not in FORBIDDEN for door, answer in documents.items()}
		assert len({*found.values()}) == 1, found
		return form.ok

	def method(self, path: str, **values) -> requests.Response:
		return self.get(f"api/method/{path}", **values)


@pytest.fixture
def firm(site: Site):
	# ERPNext requires its own role for reading customers
	roles = ("Interaction User", *site.find("Role", name="Sales User"))
	with site.settings(visibility="Own and Team"):
		yield {name: Colleague(site, name, *roles) for name in (ME, BOSS, OTHER)}


@pytest.mark.every_platform
def test_changes_of_team_role_and_share_apply_from_the_next_request(site: Site, firm):
	values = {"direction": "Incoming", "how_to_reach": "+385 1 4567 890", "responsible": ME}
	call = site.phone_call("A secret price", **values)

	def seen_by(*names: str) -> list[bool]:
		return [firm[name].sees(call["name"], call["chain"]) for name in names]

	assert seen_by(ME, BOSS, OTHER) == [True, False, False]
	team = site.make("Interaction Team", team_name="REST", leader=BOSS, members=[{"user": ME}])
	assert seen_by(BOSS) == [True]
	site.put("Interaction Team", team["name"], leader=OTHER)
	assert seen_by(BOSS, OTHER) == [False, True]
	site.put("Interaction Team", team["name"], disabled=1)
	assert seen_by(OTHER) == [False]
	share = site.make("DocShare", share_doctype="Interaction", share_name=call["name"], user=OTHER, read=1)
	assert seen_by(OTHER, BOSS) == [True, False]
	mine = {"responsible": OTHER, "owner": OTHER}
	taken = firm[OTHER].http.put(f"{site.url}/api/resource/Interaction/{call['name']}", json=mine)
	assert taken.status_code == 403
	site.http.delete(f"{site.url}/api/resource/DocShare/{share['name']}")
	assert seen_by(OTHER) == [False]
	roles = [{"role": role} for role in ("Interaction User", "Interaction Manager")]
	site.put("User", BOSS, roles=roles)
	assert seen_by(BOSS) == [True]
	site.put("User", BOSS, roles=roles[:1])
	assert seen_by(BOSS) == [False]
