"""Own and Team through real requests: a change of a team, role or share applies from the next request on (R26)."""

import json

import pytest
import requests

from tests.browser.site_api import PASSWORD, Site

ME, BOSS, OTHER = (f"rest.{name}@example.com" for name in ("me", "boss", "other"))
FORBIDDEN = (403, 404)


class Colleague:
	"""A user with their own session."""

	def __init__(self, site: Site, email: str, *roles: str):
		site.user(email, email.split("@")[0], *roles)
		self.url, self.http = site.url, requests.Session()
		login = {"usr": email, "pwd": PASSWORD}
		assert self.http.post(f"{self.url}/api/method/login", data=login).ok
		page = self.http.get(f"{self.url}/app").text
		self.http.headers["X-Frappe-CSRF-Token"] = page.split('csrf_token = "')[1].split('"')[0]

	def get(self, path: str, **values) -> requests.Response:
		return self.http.get(f"{self.url}/{path}", params=values)

	def sees(self, name: str, chain: str) -> bool:
		"""Return True if the user can read the activity; assert that all doors agree."""
		found = {
			"v1 list": name in self.get("api/resource/Interaction", limit_page_length=0).text,
			"v1 document": self.get(f"api/resource/Interaction/{name}").status_code not in FORBIDDEN,
			"v2 list": name in self.get("api/v2/document/Interaction", limit=1000).text,
			"v2 document": self.get(f"api/v2/document/Interaction/{name}").status_code not in FORBIDDEN,
			"form": self.method("frappe.desk.form.load.getdoc", doctype="Interaction", name=name).ok,
			"value": name
			in self.method(
				"frappe.client.get_value",
				doctype="Interaction",
				filters=json.dumps({"name": name}),
				fieldname="name",
			).text,
			"export": name
			in self.method(
				"frappe.desk.reportview.export_query",
				doctype="Interaction",
				file_format_type="CSV",
				fields=json.dumps(["`tabInteraction`.`name`"]),
				filters="[]",
			).text,
			"print": self.get("printview", doctype="Interaction", name=name).status_code not in FORBIDDEN,
			"page of the chain": self.method("crm_interactions.api.chain.page", chain=chain).ok,
			"journal": name
			in self.get("api/resource/Activity Link", fields='["activity"]', limit_page_length=0).text,
		}
		assert len({*found.values()}) == 1, found
		return found["form"]

	def method(self, path: str, **values) -> requests.Response:
		return self.get(f"api/method/{path}", **values)


@pytest.fixture
def firm(site: Site):
	# ERPNext requires its own role for reading customers
	roles = ("Interaction User", *site.find("Role", name="Sales User"))
	with site.changed("CRM Interactions Settings", visibility="Own and Team"):
		yield {name: Colleague(site, name, *roles) for name in (ME, BOSS, OTHER)}


@pytest.mark.every_platform
def test_changes_of_team_role_and_share_apply_from_the_next_request(site: Site, firm):
	call = site.make(
		"Interaction",
		interaction_type="Phone Call",
		direction="Incoming",
		title="A secret price",
		how_to_reach="+385 1 4567 890",
		responsible=ME,
	)
	activity = call["name"], call["chain"]
	assert firm[ME].sees(*activity)
	assert not firm[BOSS].sees(*activity)
	assert not firm[OTHER].sees(*activity)
	team = site.make("Interaction Team", team_name="REST", leader=BOSS, members=[{"user": ME}])
	assert firm[BOSS].sees(*activity)
	site.put("Interaction Team", team["name"], leader=OTHER)
	assert not firm[BOSS].sees(*activity)
	assert firm[OTHER].sees(*activity)
	site.put("Interaction Team", team["name"], disabled=1)
	assert not firm[OTHER].sees(*activity)
	share = site.make("DocShare", share_doctype="Interaction", share_name=call["name"], user=OTHER, read=1)
	assert firm[OTHER].sees(*activity)
	assert not firm[BOSS].sees(*activity)
	mine = {"responsible": OTHER, "owner": OTHER}
	taken = firm[OTHER].http.put(f"{site.url}/api/resource/Interaction/{call['name']}", json=mine)
	assert taken.status_code == 403
	site.http.delete(f"{site.url}/api/resource/DocShare/{share['name']}")
	assert not firm[OTHER].sees(*activity)
	roles = [{"role": role} for role in ("Interaction User", "Interaction Manager")]
	site.put("User", BOSS, roles=roles)
	assert firm[BOSS].sees(*activity)
	site.put("User", BOSS, roles=roles[:1])
	assert not firm[BOSS].sees(*activity)
