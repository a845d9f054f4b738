"""Records that the tests need by the hundred: one is made by its controller, the others are copies of its rows.

A user takes the platform a tenth of a second, a customer takes ERPNext as long. `test_factories` compares a copy with an
original. The rows come from a site as it was installed, before any test, so that no test depends on the ones before it.
"""

from dataclasses import dataclass, field

import frappe
from frappe.utils import now

HASHED = ("DocShare", "DefaultValue", "Contact Email", "User Social Login", "Has Role")


@dataclass
class Copies:
	"""Rows by their table, as a controller wrote them for the record of this name."""

	name: str = ""
	rows: list[tuple[str, dict]] = field(default_factory=list)

	def remember(self, name: str, *found: tuple[str, dict]) -> None:
		"""Read the rows that the filters find."""
		self.name, self.rows = name, []
		for doctype, filters in found:
			rows = frappe.db.get_values(doctype, filters, "*", as_dict=True)
			self.rows += [(doctype, dict(row)) for row in rows]

	def insert(self, changes: dict) -> None:
		"""Write the rows again.

		Args:
			changes: new value by the one that it takes the place of.
		"""
		time = {"creation": now(), "modified": now()}
		time |= {"owner": frappe.session.user, "modified_by": frappe.session.user}
		for doctype, row in self.rows:
			new = {name: changes.get(value, value) for name, value in row.items()} | time
			if doctype in HASHED:
				new["name"] = frappe.generate_hash(length=10)
			if "userid" in new:
				new["userid"] = frappe.generate_hash(length=39)
			frappe.db.bulk_insert(doctype, list(new), [tuple(new.values())])


_users, _customers = Copies(), Copies()


def customer(name: str):
	"""Return a customer like the one that is remembered, or None without one or where the name is taken."""
	if not _customers.rows or frappe.db.exists("Customer", name):
		return None
	_customers.insert({_customers.name: name})
	return frappe.get_doc("Customer", name)


def remember_customer(name: str) -> None:
	_customers.remember(name, ("Customer", {"name": name}))


def user(email: str, roles: tuple[str, ...]):
	"""Return a Desk user like the one that is remembered, or None without one or where a name is taken."""
	short = email.split("@")[0]
	taken = {"Contact": short, "User": {"username": short}}
	if not _users.rows or any(frappe.db.exists(*one) for one in taken.items()):
		return None
	if not _are_of_the_desk(roles):
		return None
	_users.insert({_users.name: email, _users.name.split("@")[0]: short})
	doc = frappe.get_doc("User", email)
	for number, role in enumerate(dict.fromkeys(roles), start=1):
		row = doc.append("roles", {"role": role, "idx": number})
		row.db_insert()
	frappe.clear_cache(user=email)
	return doc


def remember_user(email: str) -> None:
	"""Read all that the platform wrote for a user of the Desk, but the roles."""
	contact = email.split("@")[0]
	_users.remember(
		email,
		("User", {"name": email}),
		("User Social Login", {"parent": email}),
		("Notification Settings", {"name": email}),
		("DefaultValue", {"parent": email}),
		("DocShare", {"share_doctype": "User", "share_name": email}),
		("Contact", {"name": contact}),
		("Contact Email", {"parent": contact}),
	)


def _are_of_the_desk(roles: tuple[str, ...]) -> bool:
	"""Whether they make a user one of the Desk, as the platform decides."""
	return bool(roles) and bool(frappe.db.exists("Role", {"name": ("in", roles), "desk_access": 1}))
