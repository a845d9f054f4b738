"""Colleagues: addresses of the site's users, employees and e-mail accounts."""

from collections.abc import Iterable

import frappe

from crm_interactions.apps.installed import is_installed
from crm_interactions.capture.exchange import Reference
from crm_interactions.capture.people import without_tag

SYSTEM = "System User"
EMPLOYEE_FIELDS = ("company_email", "prefered_email", "user_id")


def find_colleagues(addresses: Iterable[str]) -> dict[str, Reference | None]:
	"""Return the addresses that are ours, with the user or employee; None for an account that several people use.

	Args: `addresses` are in lower case; a tag of plus addressing doesn't matter.
	"""
	plain = {address: without_tag(address) for address in addresses}
	known = _known({*plain, *plain.values()})
	return {
		address: known.get(address) or known.get(bare)
		for address, bare in plain.items()
		if address in known or bare in known
	}


def find_user(addresses: Iterable[str], people: dict[str, Reference | None]) -> str | None:
	"""Return the enabled user of the first address that has one among colleagues; None without any."""
	users = [person[1] for address in addresses if (person := people.get(address)) and person[0] == "User"]
	return next((user for user in users if is_enabled(user)), None)


def is_enabled(user: str | None) -> bool:
	return bool(user) and bool(frappe.db.get_value("User", user, "enabled"))


def _known(addresses: set[str]) -> dict[str, Reference | None]:
	if not addresses:
		return {}
	among = ("in", sorted(addresses))
	known: dict[str, Reference | None] = {
		address.lower(): None
		for doctype in ("Email Account", "User Email")
		for address in frappe.get_all(doctype, {"email_id": among}, pluck="email_id", order_by=None)
	}
	known.update(_employees(among))
	# website users are people of partners
	for row in frappe.get_all(
		"User", {"email": among, "user_type": SYSTEM}, ["name", "email"], order_by=None
	):
		known[row.email.lower()] = ("User", row.name)
	return known


def _employees(among) -> dict[str, Reference]:
	if not (is_installed("erpnext") and frappe.db.exists("DocType", "Employee")):
		return {}
	rows = frappe.get_all(
		"Employee",
		or_filters=dict.fromkeys(EMPLOYEE_FIELDS, among),
		fields=["name", *EMPLOYEE_FIELDS],
		order_by=None,
	)
	return {
		row[field].lower(): ("Employee", row.name) for row in rows for field in EMPLOYEE_FIELDS if row[field]
	}
