"""The people of the matrix: users with and without roles, and their reporting lines."""

from dataclasses import dataclass

import frappe

from tests.site.factories import user

USER, MANAGER, ADMINISTRATOR = "Interaction User", "Interaction Manager", "Interaction Administrator"
# each run has its own people, so that counts include only this world's records
RUN = frappe.generate_hash(length=6)


@dataclass(frozen=True)
class Person:
	"""A user with roles; `leads` are the keys of the people who report directly to them."""

	key: str
	roles: tuple[str, ...] = (USER,)
	leads: tuple[str, ...] = ()

	@property
	def name(self) -> str:
		return self.key if self.key in ("Guest", "Administrator") else f"{self.key}.{RUN}@matrix.example.com"


PEOPLE = {
	person.key: person
	for person in (
		Person("Guest", ()),
		Person("roleless", ()),
		Person("clerk"),
		Person("worker"),
		Person("participant"),
		Person("assignee"),
		Person("reader"),
		Person("leader", leads=("worker", "assignee")),
		Person("upper", leads=("leader",)),
		Person("other.worker"),
		Person("other.leader", leads=("other.worker", "reader")),
		Person("manager", (MANAGER,)),
		Person("administrator", (ADMINISTRATOR,)),
		Person("Administrator", ()),
	)
}
USERS = [person for person in PEOPLE.values() if person.key != "Guest"]


def make() -> None:
	"""Make the users and their teams."""
	# each run makes new users, and Frappe allows 60 an hour
	frappe.local.conf.throttle_user_limit = 10_000
	# ERPNext requires this role for its customers
	further = frappe.get_all("Role", {"name": "Sales User"}, pluck="name")
	for person in PEOPLE.values():
		if "@" in person.name:
			user(person.name, *person.roles, *(further if person.roles else []))
	for leader in (person for person in PEOPLE.values() if person.leads):
		members = [{"user": PEOPLE[key].name} for key in leader.leads]
		team = {"team_name": f"Team of {leader.key}, {RUN}", "leader": leader.name, "members": members}
		frappe.get_doc({"doctype": "Interaction Team", **team}).insert()


def keys() -> dict[str, str]:
	"""Set new API secrets and return the Authorization header of each user."""
	found = {}
	for person in USERS:
		doc = frappe.get_doc("User", person.name)
		secret = frappe.generate_hash(length=15)
		doc.api_key, doc.api_secret = doc.api_key or frappe.generate_hash(length=15), secret
		doc.save()
		found[person.key] = f"token {doc.api_key}:{secret}"
	return found
