"""Copied records equal the records that their controllers create."""

import frappe
import pytest
from frappe.utils import get_fullname

from tests.site import copied
from tests.site.demo_data import differences, row_counts
from tests.site.factories import change_record, contact, interaction, partner, user
from tests.site.other_apps import need

pytestmark = pytest.mark.records_only
UNIQUE = {"name", "creation", "modified", "parent", "userid"}
# Frappe's log of the share of a user with itself, and of its roles
NOT_COPIED = {"Comment", "Permission Log"}
ROLES = ("Interaction User", "Interaction Manager")
FIRST, SECOND = "wanda.w@example.com", "another.one@example.com"


@pytest.fixture(autouse=True)
def no_templates(monkeypatch):
	monkeypatch.setattr(copied, "_users", copied.Copies())
	monkeypatch.setattr(copied, "_customers", copied.Copies())


@pytest.fixture
def first():
	"""Return a user created by the controller with the row counts of its creation; later users are copies."""
	made, new = _added(lambda: user(FIRST, *ROLES))
	copied.remember_user(FIRST)
	return made, new


def test_a_copied_customer_equals_an_original():
	need("erpnext")
	made, new = _added(lambda: partner("Baltic Trade"))
	copied.remember_customer("Baltic Trade")
	copy, copied_rows = _added(lambda: partner("Nordic Trade"))
	assert new == copied_rows == {"Customer": 1}
	assert _values_of(made, "Baltic Trade") == _values_of(copy, "Nordic Trade")
	copy.save()
	doc = interaction(copy, contact=contact(copy).name)
	assert (doc.party_name, frappe.get_last_doc("Customer").name) == ("Nordic Trade", copy.name)


def test_a_copied_user_equals_an_original(first):
	made, new = first
	copy, copied_rows = _added(lambda: user(SECOND, *ROLES))
	assert {doctype: count for doctype, count in new.items() if doctype not in NOT_COPIED} == copied_rows
	assert _values_of(made, FIRST, "wanda.w") == _values_of(copy, SECOND, "another.one")
	for doctype in ("Notification Settings", "Contact"):
		of_made = frappe.get_doc(doctype, {"Contact": "wanda.w"}.get(doctype, FIRST))
		of_copy = frappe.get_doc(doctype, {"Contact": "another.one"}.get(doctype, SECOND))
		assert _values_of(of_made, FIRST, "wanda.w") == _values_of(of_copy, SECOND, "another.one")
	for name in (FIRST, SECOND):
		assert {*ROLES} <= {*frappe.get_roles(name)}
		assert frappe.has_permission("User", "write", doc=name, user=name)
		assert frappe.has_permission("Interaction", "create", user=name)
		assert get_fullname(name) == name.split("@")[0]
		assert frappe.defaults.get_user_default("time_zone", name)
	change_record(copy, first_name="Another")
	frappe.delete_doc("User", SECOND)


def test_a_copied_user_has_the_given_roles_only(first):
	assert [row.role for row in user(SECOND, "Interaction User").reload().roles] == ["Interaction User"]
	assert "Interaction Manager" not in frappe.get_roles(SECOND)


def test_a_user_without_a_role_has_no_desk_access(first):
	assert user(SECOND).user_type == "Website User"


def _added(make):
	before = row_counts()
	doc = make()
	return doc, {key: now - was for key, (was, now) in differences(before, row_counts()).items()}


def _values_of(doc, *names: str) -> dict:
	"""Return the values of a document and its rows, without its own names."""
	values = doc.reload().as_dict()
	tables = {field: rows for field, rows in values.items() if isinstance(rows, list)}
	own = {field: [_values(row, names) for row in rows] for field, rows in tables.items()}
	return _values(values, names) | own


def _values(row, names: tuple[str, ...]) -> dict:
	return {
		field: None if value in names else value
		for field, value in row.items()
		if field not in UNIQUE and not isinstance(value, list)
	}
