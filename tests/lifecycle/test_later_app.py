"""Frappe CRM is installed on a site without ERPNext, and uninstalled: the partner types follow (R30)."""

import pytest

from tests.lifecycle.conftest import HAS_CRM

pytestmark = pytest.mark.skipif(not HAS_CRM, reason="needs Frappe CRM")

PARTNERS = {"CRM Lead", "CRM Organization"}
SUBJECTS = {"CRM Deal", "CRM Lead"}


def test_frappe_crm_is_installed_without_erpnext(later):
	assert set(later["alone"]["apps"]) == {"frappe", "crm_interactions"}
	assert set(later["come"]["apps"]) == {"frappe", "crm_interactions", "crm"}
	assert set(later["gone"]["apps"]) == {"frappe", "crm_interactions"}


def test_without_frappe_crm_there_are_only_the_apps_partners(later):
	assert later["alone"]["party types"] == ["Partner"]
	assert later["alone"]["subject types"] == []


def test_partner_and_subject_types_are_added_with_frappe_crm(later):
	assert set(later["come"]["party types"]) == {"Partner", *PARTNERS}
	assert set(later["come"]["subject types"]) == SUBJECTS


def test_interactions_can_have_leads_and_organisations_as_partners(later):
	with_organisation, with_lead = (
		later["come"]["interactions"][title] for title in ("Organisation", "Lead")
	)
	assert (with_organisation["party_type"], with_organisation["party_name"]) == (
		"CRM Organization",
		"Adria d.o.o.",
	)
	assert with_organisation["contact"]
	assert with_organisation["subject_type"] == "CRM Deal"
	assert (with_lead["party_type"], with_lead["party_name"]) == ("CRM Lead", "Ivo Novak")


def test_partner_and_subject_types_are_removed_with_frappe_crm(later):
	assert later["gone"]["party types"] == ["Partner"]
	assert later["gone"]["subject types"] == []


def test_interactions_stay_and_get_the_apps_partners_instead(later):
	left = later["gone"]["interactions"]
	assert {title: (row["party_type"], row["party_name"]) for title, row in left.items()} == {
		"Organisation": ("Partner", "Adria d.o.o."),
		"Lead": ("Partner", "Ivo Novak"),
	}
	assert not any(row["subject_type"] for row in left.values())
