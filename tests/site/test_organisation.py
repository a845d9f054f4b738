"""Company, branch, department, employee, project, campaign and item exist only with their apps (R3, R30)."""

import frappe
import pytest

from crm_interactions import install, uninstall
from crm_interactions.apps.installed import app_of
from crm_interactions.setup import custom_fields, document_types, role_permissions
from tests.site import commits
from tests.site.factories import user
from tests.site.kinds import EACH_KIND, MAKERS

pytestmark = pytest.mark.records_only
ORGANISATION = {"company", "branch", "department", "employee", "project", "campaign"}
EACH_DOCTYPE = pytest.mark.parametrize("doctype", MAKERS)
USER = "employee@example.com"


@pytest.fixture
def installed() -> set[str]:
	return set(frappe.get_installed_apps())


def fields_of(doctype: str) -> set[str]:
	return {df.fieldname for df in frappe.get_meta(doctype, cached=False).fields}


@EACH_DOCTYPE
def test_organisation_fields_exist_only_with_erpnext(doctype, installed):
	assert fields_of(doctype) & ORGANISATION == (ORGANISATION if "erpnext" in installed else set())


@pytest.mark.parametrize("doctype", ["Product Record", "Interaction Product"])
def test_the_item_field_exists_only_with_erpnext(doctype, installed):
	assert ("item" in fields_of(doctype)) == ("erpnext" in installed)


@EACH_DOCTYPE
def test_lists_can_be_filtered_by_organisation_fields(doctype, installed):
	filters = {df.fieldname for df in frappe.get_meta(doctype).fields if df.in_standard_filter}
	expected = {"company", "branch", "department", "project"} if "erpnext" in installed else set()
	assert filters & ORGANISATION == expected


@EACH_DOCTYPE
def test_organisation_fields_are_columns_with_an_index(doctype, installed):
	for field in fields_of(doctype) & ORGANISATION:
		assert frappe.db.has_column(doctype, field)
		assert frappe.get_meta(doctype).get_field(field).search_index


def test_partner_and_subject_types_follow_the_apps(installed):
	parties, subjects = types()
	for app in ("erpnext", "crm"):
		types_of_app = {*document_types.PARTY_TYPES[app]}
		assert parties & types_of_app == (types_of_app if app in installed else set())
		assert bool(subjects & {*document_types.SUBJECT_TYPES[app]}) == (app in installed)
	if not installed & {"erpnext", "crm"}:
		assert parties == {"Partner"}


def organisation() -> dict[str, str]:
	"""Return company, branch, department and employee of USER.

	The company differs from the site's default. ERPNext takes seconds to create a real one, so these are bare rows;
	test_erpnext_company.py has real employees of the default company.
	"""
	user(USER, "Interaction User", first_name="Iva")
	made = {"company": "Adria d.o.o.", "branch": "Zagreb", "department": "Sales Desk", "employee": "HR-EMP-X"}
	for field, name in made.items():
		row = {"doctype": field.title(), "name": name}
		if field == "employee":
			row |= {"user_id": USER, "status": "Active", "employee_name": "Iva", **made}
		frappe.get_doc(row).db_insert()
	return made


@EACH_KIND
def test_defaults_come_from_the_employee_of_the_responsible_user(make, installed):
	expected = organisation() if "erpnext" in installed else {}
	doc = make(responsible=user(USER, "Interaction User").name)
	assert {field: doc.get(field) for field in ORGANISATION if doc.get(field)} == expected


@EACH_KIND
def test_entered_values_override_the_defaults(make, installed):
	given = {}
	if "erpnext" in installed:
		organisation()
		frappe.get_doc({"doctype": "Branch", "name": "Split"}).db_insert()
		given = {"branch": "Split"}
	doc = make(responsible=user(USER, "Interaction User").name, **given)
	assert {field: doc.get(field) for field in given} == given
	assert bool(doc.get("company")) == ("erpnext" in installed)


def test_installing_and_removing_an_unrelated_app_changes_nothing(installed):
	before = {doctype: fields_of(doctype) for doctype in custom_fields.FIELDS}
	settings = frappe.get_doc("CRM Interactions Settings").as_dict()
	install.after_app_install("some_app")
	uninstall.before_app_uninstall("some_app")
	assert {doctype: fields_of(doctype) for doctype in custom_fields.FIELDS} == before
	assert frappe.get_doc("CRM Interactions Settings").as_dict() == settings


@pytest.mark.parametrize("app", ["erpnext", "crm"])
def test_types_of_an_app_are_removed_and_added_with_it(app, installed):
	before = set.union(*types())
	document_types.remove_types_of(app)
	left = set.union(*types())
	assert not {doctype for doctype in left if app_of(doctype) == app}
	assert left <= before | {"Partner"}
	document_types.add_known()
	assert set.union(*types()) >= before


@pytest.mark.changes_metadata
def test_a_removed_field_does_not_come_back(installed):
	if "erpnext" in installed:
		frappe.delete_doc("Custom Field", "Interaction-branch", force=True)
	install.after_migrate()
	install.after_app_install("some_app")
	assert "branch" not in fields_of("Interaction")


@pytest.mark.changes_metadata
def test_fields_of_an_app_are_removed_and_added_with_it(installed):
	before = {doctype: fields_of(doctype) for doctype in custom_fields.FIELDS}
	with commits.allowed():
		custom_fields.remove_fields_of("erpnext")
		for doctype in custom_fields.FIELDS:
			assert not fields_of(doctype) & (ORGANISATION | {"item", "organisation_section"})
		custom_fields.add_missing()
		assert {doctype: fields_of(doctype) for doctype in custom_fields.FIELDS} == before
		# altering a table has committed the removal; commit the restored fields as well
		frappe.db.commit()


@pytest.mark.changes_metadata
def test_the_right_to_read_campaigns_comes_and_goes_with_erpnext(installed):
	"""The campaigns belong to Frappe 16, the field for them to ERPNext."""
	needed = "erpnext" in installed and frappe.db.exists("DocType", "UTM Campaign")
	expected = {*role_permissions.ROLES} if needed else set()
	assert roles_with_campaigns() == expected
	role_permissions.revoke_of("erpnext")
	assert not roles_with_campaigns()
	install.after_app_install("some_app")
	assert roles_with_campaigns() == expected


def roles_with_campaigns() -> set[str]:
	of = {"parent": "UTM Campaign", "role": ("in", role_permissions.ROLES), "read": 1}
	return {*frappe.get_all("Custom DocPerm", of, pluck="role")}


def types() -> tuple[set[str], set[str]]:
	"""Return the partner types and the subject types of the settings."""
	settings = frappe.get_doc("CRM Interactions Settings")
	subjects = {row.subject_type for row in settings.subject_types}
	return {row.party_type for row in settings.party_types}, subjects
