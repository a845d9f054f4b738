"""Measure the cost of visibility (R26): a list of 1,000,000 activities of 5,000 people on ten levels.

The list is the Desk's request of 20 rows and a count, for a clerk and for leaders of 10, 50 and all people. The limit
is 1.3 times the same list with visibility *Everyone*. My Day shows each of them 100 planned activities within
`DAY_BOUND` milliseconds on the server. Lists and count cards of the journal and of chains
(three activities each), and searches, are reported too, without a bound. `CRM_ACTIVITIES` sets another number.
"""

import json
import os
import sys
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from itertools import islice, pairwise
from unittest.mock import patch
from zlib import crc32

import filling
import frappe
from frappe.app import application
from frappe.utils import now_datetime
from frappe.utils.password import update_password
from harness import connect, ratio, report, seconds, tell
from werkzeug.test import Client

from crm_interactions.api import day
from crm_interactions.api.search import find_direct, search
from crm_interactions.visibility import audiences, predicate, reporting_lines, table_sizes

ACTIVITIES = int(os.environ.get("CRM_ACTIVITIES") or 1_000_000)
# People on each of the ten levels: 5,000 in total.
LEVELS = (1, 3, 9, 18, 36, 72, 216, 432, 1296, 2917)
TEAM, MEMBER = "Interaction Team", "Interaction Team Member"
BOUND, DAY_BOUND = 1.3, 300
PLANNED = 100  # of a person, late ones and of the days ahead
FIELDS = ("name", "owner", "modified", "title", "status", "party_name", "starts_on", "responsible")
LIST = {
	"doctype": "Interaction",
	"fields": json.dumps([f"`tabInteraction`.`{field}`" for field in FIELDS]),
	"filters": "[]",
	"order_by": "`tabInteraction`.`starts_on` desc",
	"start": 0,
	"page_length": 20,
	"view": "List",
	"with_comment_count": 1,
}
PASSWORD = "bench-5000-people"  # noqa: S105  of a temporary site
COUNT = {"doctype": "Interaction", "filters": "[]", "fields": "[]", "distinct": "false", "limit": 1001}
# document type → sort field of its list
BESIDE = {filling.ROW: "activity_date", filling.CHAIN: "last_activity_on"}
IN_CHAIN = 3
SEARCHED = ("Benchmark", f"{filling.PREFIX}0012345", "+385 1 0012345", "turbine")


def main() -> int:
	connect()
	above = superiors()
	try:
		fill(above)
		led = {person: len(below) for person, below in led_by(above).items()}
		who = {
			"a clerk": len(above) - 1,
			"a leader of 10": min(led, key=lambda person: abs(led[person] - 10)),
			"a leader of 50": min(led, key=lambda person: abs(led[person] - 50)),
			"the leader of all": 0,
		}
		kept = [compare(title, person, led.get(person, 0)) for title, person in who.items()]
	finally:
		frappe.db.rollback()
		remove()
	return 0 if all(kept) else 1


def superiors() -> list[int | None]:
	"""Return each person's superior, as indexes into the list; person 0 has none."""
	found: list[int | None] = [None]
	for upper, lower in pairwise(LEVELS):
		begin = len(found) - upper
		found.extend(begin + number * upper // lower for number in range(lower))
	return found


def led_by(above: list[int | None]) -> dict[int, list[int]]:
	found: dict[int, list[int]] = {}
	for person in range(len(above)):
		superior = above[person]
		while superior is not None:
			found.setdefault(superior, []).append(person)
			superior = above[superior]
	return found


def fill(above: list[int | None]) -> None:
	"""Make teams, audiences and activities, and commit."""
	frappe.db.set_single_value("CRM Interactions Settings", "visibility", predicate.OWN_AND_TEAM)
	frappe.clear_document_cache("CRM Interactions Settings", "CRM Interactions Settings")
	teams: dict[int, list[int]] = {}
	for person, superior in enumerate(above):
		if superior is not None:
			teams.setdefault(superior, []).append(person)
	leaders = ({"name": team(leader), "team_name": team(leader), "leader": user(leader)} for leader in teams)
	filling.insert_quickly(TEAM, leaders)
	of = {"parenttype": TEAM, "parentfield": "members"}
	filling.insert_quickly(
		MEMBER,
		(
			{"name": user(person), "user": user(person), "parent": team(leader), **of}
			for leader, members in teams.items()
			for person in members
		),
	)
	reporting_lines.refresh_lines()
	together = {frozenset(group) for group in groups(above)}
	filling.insert_quickly(
		audiences.AUDIENCE,
		(
			{
				"name": f"{audience_of(group)}{number}",
				"audience": audience_of(group),
				"user": user(person),
				"only_shared": 0,
			}
			for group in together
			for number, person in enumerate(sorted(group))
		),
	)
	filling.insert_quickly("Interaction", activities(above))
	filling.insert_quickly(filling.ROW, map(row_of, activities(above)))
	filling.insert_quickly(filling.CHAIN, map(chain_of, islice(activities(above), 0, None, IN_CHAIN)))
	frappe.db.commit()
	if frappe.db.db_type == "mariadb":
		for doctype in ("Interaction", audiences.AUDIENCE, reporting_lines.REPORTING_LINE, *BESIDE):
			frappe.db.sql(f"analyze table `tab{doctype}`")


def groups(above: list[int | None]) -> Iterable[tuple[int, ...]]:
	"""Yield the groups of people who share activities: each person alone, with their superior, with a colleague."""
	for person in range(len(above)):
		yield from ((person,), with_superior(person, above), (person, (person + 1) % len(above)))


def with_superior(person: int, above: list[int | None]) -> tuple[int, ...]:
	superior = above[person]
	return (person,) if superior is None else (person, superior)


def activities(above: list[int | None]) -> Iterable[dict]:
	known: dict[tuple, str] = {}
	for number in range(ACTIVITIES):
		person = crc32(str(number).encode()) % len(above)
		group = ((person,), with_superior(person, above), (person, (person + 1) % len(above)))[number % 3]
		if group not in known:
			known[group] = audience_of(group)
		at = filling.SINCE + timedelta(minutes=2 * number)
		yield {
			"name": f"{filling.PREFIX}{number:07d}",
			"owner": user(person),
			"creation": at,
			"modified": at,
			"interaction_type": "Phone Call",
			"title": "Benchmark",
			"how_to_reach": f"+385 1 {number:07d}",
			"starts_on": at,
			"responsible": user(person),
			"status": "Held",
			"audience": known[group],
		}


def row_of(activity: dict) -> dict:
	kept = {field: activity[field] for field in ("name", "creation", "modified", "title", "responsible")}
	of = {
		"activity_type": "Interaction",
		"activity": activity["name"],
		"activity_date": activity["starts_on"],
	}
	return {**kept, **of, "status": "Done", "chain": chain_name(activity)}


def chain_of(first: dict) -> dict:
	kept = {field: first[field] for field in ("creation", "modified", "title", "responsible")}
	return {**kept, "name": chain_name(first), "status": "Open", "last_activity_on": first["starts_on"]}


def chain_name(activity: dict) -> str:
	return f"{filling.PREFIX}{int(activity['name'].removeprefix(filling.PREFIX)) // IN_CHAIN:07d}"


def audience_of(group: Iterable[int]) -> str:
	return audiences.audience_key({user(person): False for person in group})


def user(person: int) -> str:
	return f"bench-{person:04d}@example.com"


def team(leader: int) -> str:
	return f"{filling.PREFIX}team-{leader:04d}"


def compare(title: str, person: int, below: int) -> bool:
	"""Compare a user's list with visibility to the list without, as whole requests; return True if BOUND is kept."""
	name = ensure_user(person)
	explain(name)
	desk = Desk(name)
	for what, asked in (("list", [LIST]), ("count", [COUNT])):
		figure = ratio(partial(desk.ask, asked), partial(desk.ask_without, asked), rounds=7, calls=10)
		tell(f"{title}: {what}, as a request", f"{figure:.2f}")
	figure = ratio(
		partial(desk.ask, [LIST, COUNT]), partial(desk.ask_without, [LIST, COUNT]), rounds=9, calls=10
	)
	for doctype, date in BESIDE.items():
		beside(title, desk, doctype, date)
	search_as(title, name)
	connect()
	has_day = my_day(title, person)
	bare = ratio(partial(ask, name, [LIST, COUNT]), partial(without, name, [LIST, COUNT]), rounds=7, calls=10)
	tell(f"{title}: list and count, as direct calls", f"{bare:.2f}")
	kept = report(f"{title} ({below} below): list and count with visibility / without", figure, BOUND)
	return kept and has_day


def my_day(title: str, person: int) -> bool:
	"""Plan activities of the person, and measure the page of My Day that shows them; return True if DAY_BOUND is kept."""
	frappe.set_user("Administrator")
	now = now_datetime()
	own = [
		{
			**activity,
			**{"name": f"{filling.PREFIX}plan-{person:04d}-{number:03d}", "status": "Planned"},
			"starts_on": now + timedelta(hours=2 * (number - PLANNED // 2)),
		}
		for number, activity in enumerate(islice(of_person(person), PLANNED))
	]
	rows = (
		{
			**{field: activity[field] for field in ("name", "creation", "modified", "title", "responsible")},
			**{"activity_type": "Interaction", "activity": activity["name"], "status": "Planned"},
			**{"activity_date": activity["starts_on"], "due_until": activity["starts_on"]},
			"chain": f"{activity['name']}-chain",
		}
		for activity in own
	)
	filling.insert_quickly("Interaction", own)
	filling.insert_quickly(filling.ROW, rows)
	frappe.db.commit()
	frappe.set_user(user(person))
	shown = sum(len(section["rows"]) for section in day.page(length=100)["sections"])
	took = min(seconds(partial(day.page, length=100)) for _ in range(5)) * 1000
	return report(f"{title}: milliseconds of My Day", took, DAY_BOUND, f"{shown} rows")


def of_person(person: int) -> Iterable[dict]:
	"""Yield endless copies of an activity that only this person has."""
	audience = audience_of((person,))
	while True:
		yield {
			**{
				"owner": user(person),
				"responsible": user(person),
				"audience": audience,
				"title": "Benchmark",
			},
			**{"creation": filling.SINCE, "modified": filling.SINCE, "interaction_type": "Phone Call"},
			**{"how_to_reach": "+385 1 1234567"},
		}


def search_as(title: str, name: str) -> None:
	"""Tell the seconds of a search for each kind of text: one that all activities have, a number, digits, a rare word."""
	connect()
	frappe.set_user(name)
	for text in SEARCHED:
		took = [seconds(partial(call, text)) for call in (find_direct, search) for _ in range(2)][1::2]
		tell(f"{title}: seconds of search bar and search for {text}", ", ".join(f"{one:.2f}" for one in took))


def beside(title: str, desk: "Desk", doctype: str, date: str) -> None:
	fields = json.dumps([f"`tab{doctype}`.`{field}`" for field in ("name", "title", "status", date)])
	order = f"`tab{doctype}`.`{date}` desc"
	shown = {**LIST, "doctype": doctype, "fields": fields, "order_by": order}
	card = {"doc": json.dumps({"document_type": doctype, "function": "Count"}), "filters": "[]"}
	for what, asked in (("list", shown), ("card", card)):
		figure = ratio(partial(desk.ask, [asked]), partial(desk.ask_without, [asked]), rounds=3, calls=1)
		tell(f"{title}: {what} of {doctype}, as a request", f"{figure:.2f}")


def method_of(request: dict) -> str:
	if "doc" in request:
		return "frappe.desk.doctype.number_card.number_card.get_result"
	return "frappe.desk.reportview.get" if "view" in request else table_sizes.COUNTING


class Desk:
	"""A logged-in user's browser: Frappe's application answers whole requests in this process."""

	def __init__(self, name: str):
		self.client = Client(application)
		self.headers = {"X-Frappe-Site-Name": frappe.local.site}
		update_password(name, PASSWORD)
		frappe.db.commit()
		login = {"usr": name, "pwd": PASSWORD}
		assert self.client.post("/api/method/login", data=login, headers=self.headers).status_code == 200

	def ask(self, requests: list[dict]) -> None:
		for request in requests:
			answer = self.client.get(
				f"/api/method/{method_of(request)}", query_string=request, headers=self.headers
			)
			assert answer.status_code == 200, answer.text

	def ask_without(self, requests: list[dict]) -> None:
		with patch.object(predicate, "is_restricted", lambda user: False):
			self.ask(requests)


def ensure_user(person: int) -> str:
	"""Return the person's user name, and create the user if it doesn't exist; the other people are names only."""
	frappe.set_user("Administrator")
	if not frappe.db.exists("User", user(person)):
		values = {"email": user(person), "first_name": "Bench", "send_welcome_email": 0}
		frappe.get_doc({"doctype": "User", **values}).insert().add_roles("Interaction User")
		frappe.db.commit()
	return user(person)


def ask(name: str, requests: list[dict]) -> None:
	if frappe.session.user != name:
		frappe.set_user(name)
	for request in requests:
		# Frappe reads the request's method from here
		frappe.local.form_dict = frappe._dict(request, cmd=method_of(request))
		frappe.get_attr(method_of(request))()


def without(name: str, requests: list[dict]) -> None:
	with patch.object(predicate, "is_restricted", lambda user: False):
		ask(name, requests)


def explain(name: str) -> None:
	"""Print MariaDB's query plan of the user's list."""
	if frappe.db.db_type != "mariadb":
		return
	frappe.set_user(name)
	query = frappe.get_list("Interaction", fields=["name"], order_by="starts_on desc", limit=20, run=0)
	for row in frappe.db.sql(f"explain {query}", as_dict=True):
		tell("  explain", f"{row.select_type} {row.table}: {row.type} {row.key} {row.rows} rows {row.Extra}")


def remove() -> None:
	frappe.set_user("Administrator")
	frappe.db.set_single_value("CRM Interactions Settings", "visibility", predicate.EVERYBODY)
	frappe.clear_document_cache("CRM Interactions Settings", "CRM Interactions Settings")
	for doctype in (TEAM, MEMBER):
		field = "parent" if doctype == MEMBER else "name"
		frappe.db.delete(doctype, {field: ("like", f"{filling.PREFIX}%")})
	frappe.db.delete(audiences.AUDIENCE, {"user": ("like", "bench-%@example.com")})
	reporting_lines.refresh_lines()
	filling.remove()


if __name__ == "__main__":
	sys.exit(main())
