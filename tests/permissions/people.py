"""The people of the matrix: users with and without roles, and their reporting lines."""

from dataclasses import dataclass

import frappe

from tests.site.factories import user

USER, MANAGER, ADMINISTRATOR = "Interaction User", "Interaction Manager", "Interaction Administrator"
# each run has its own people, so that counts include only this world's records
RUN = frappe.generate_hash(length=6)
# the role that ERPNext requires for its customers
SALES = "Sales User"


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


def make() -> None:
	"""Make the users and their teams."""
	# each run makes new users, and Frappe allows 60 an hour
	frappe.local.conf.throttle_user_limit = 10_000
	further = [role for role in (SALES,) if frappe.db.exists("Role", role)]
	for person in PEOPLE.values():
		if "@" in person.name:
			user(person.name, *person.roles, *(further if person.roles else []))
	for person in PEOPLE.values():
		if person.leads:
			_team(person)


def _team(person: Person) -> None:
	members = [{"user": PEOPLE[key].name} for key in person.leads]
	team = {"team_name": f"Team of {person.key}, {RUN}", "leader": person.name, "members": members}
	frappe.get_doc({"doctype": "Interaction Team", **team}).insert()


def keys() -> dict[str, str]:
	"""Set new API secrets and return the Authorization header of each person except Guest."""
	found = {}
	for key, person in PEOPLE.items():
		if key == "Guest":
			continue
		doc = frappe.get_doc("User", person.name)
		secret = frappe.generate_hash(length=15)
		doc.api_key, doc.api_secret = doc.api_key or frappe.generate_hash(length=15), secret
		doc.save()
		found[key] = f"token {doc.api_key}:{secret}"
	return found
