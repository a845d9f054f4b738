"""Colleagues: addresses and numbers of the site's users, employees and e-mail accounts."""

from collections.abc import Iterable

import frappe

from crm_interactions.apps.installed import has_doctype, is_installed
from crm_interactions.capture.exchange import Reference
from crm_interactions.capture.people import without_tag
from crm_interactions.parties import contact_keys
from crm_interactions.parties.countries import list_regions
from crm_interactions.parties.phone_match import same_number

SYSTEM = "System User"
EMPLOYEE_FIELDS = ("company_email", "prefered_email", "user_id")
# document type, field with a number, field with the user, and the condition of current colleagues
NUMBERS = (
	("User", "mobile_no", "name", {"enabled": 1, "user_type": SYSTEM}),
	("User", "phone", "name", {"enabled": 1, "user_type": SYSTEM}),
	("Employee", "cell_number", "user_id", {"status": "Active", "user_id": ("is", "set")}),
)


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


def find_users_of_number(number: str) -> list[str]:
	"""Return the enabled users whose own number, or employee record's, is this one in any notation."""
	regions, found = list_regions(), []
	for doctype, field, key, condition in NUMBERS:
		if doctype == "Employee" and not _has_employees():
			continue
		rows = contact_keys.find_alike(doctype, field, number, key=key, **condition)
		found += [user for user, written in rows if same_number(written, number, *regions)]
	return [user for user in dict.fromkeys(found) if is_enabled(user)]


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
	if not _has_employees():
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


def _has_employees() -> bool:
	return is_installed("erpnext") and has_doctype("Employee")
