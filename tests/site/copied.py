"""Copies of records that tests create by the hundred: the controller creates one, the others copy its rows.

The controllers of users and customers take a tenth of a second each. `test_factories` compares a copy with an original.
The rows are stored before the first test, so that no test depends on an earlier one.
"""

from dataclasses import dataclass, field

import frappe
from frappe.utils import now

HASHED = ("DocShare", "DefaultValue", "Contact Email", "User Social Login", "Has Role", "Contact Key")


@dataclass
class Copies:
	"""The rows, with their DocTypes, that a controller wrote for one record."""

	name: str = ""
	rows: list[tuple[str, dict]] = field(default_factory=list)

	def remember(self, name: str, *found: tuple[str, dict]) -> None:
		"""Store the rows that match the pairs of DocType and filters."""
		self.name, self.rows = name, []
		for doctype, filters in found:
			rows = frappe.db.get_values(doctype, filters, "*", as_dict=True)
			self.rows += [(doctype, dict(row)) for row in rows]

	def insert(self, changes: dict) -> None:
		"""Insert copies of the stored rows.

		Args:
			changes: new values by the values that they replace.
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
	"""Return a copy of the stored customer, or None without a stored customer or if the name is taken."""
	if not _customers.rows or frappe.db.exists("Customer", name):
		return None
	_customers.insert({_customers.name: name})
	return frappe.get_doc("Customer", name)


def remember_customer(name: str) -> None:
	_customers.remember(name, ("Customer", {"name": name}))


def user(email: str, roles: tuple[str, ...]):
	"""Return a copy of the stored Desk user, or None without a stored user, a free name or a Desk role."""
	short = email.split("@")[0]
	taken = frappe.db.exists("Contact", short) or frappe.db.exists("User", {"username": short})
	for_desk = roles and frappe.db.exists("Role", {"name": ("in", roles), "desk_access": 1})
	if not _users.rows or taken or not for_desk:
		return None
	# look-ups store addresses backwards
	known = {_users.name: email, _users.name[::-1]: email[::-1]}
	_users.insert({**known, _users.name.split("@")[0]: short})
	doc = frappe.get_doc("User", email)
	for number, role in enumerate(dict.fromkeys(roles), start=1):
		doc.append("roles", {"role": role, "idx": number}).db_insert()
	frappe.clear_cache(user=email)
	return doc


def remember_user(email: str) -> None:
	"""Store all rows that Frappe wrote for a Desk user, except the roles."""
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
		("Contact Key", {"record_type": "Contact", "record": contact}),
	)
