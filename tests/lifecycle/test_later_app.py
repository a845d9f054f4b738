"""Frappe CRM comes later to a site that has neither it nor ERPNext, and goes again: both are noticed (R30)."""

import pytest
from conftest import HAS_CRM

pytestmark = pytest.mark.skipif(not HAS_CRM, reason="needs Frappe CRM")

PARTNERS = {"CRM Lead", "CRM Organization"}
SUBJECTS = {"CRM Deal", "CRM Lead"}


def test_it_is_there_without_erpnext(later):
	assert set(later["alone"]["apps"]) == {"frappe", "crm_interactions"}
	assert set(later["come"]["apps"]) == {"frappe", "crm_interactions", "crm"}
	assert set(later["gone"]["apps"]) == {"frappe", "crm_interactions"}


def test_before_there_are_only_partners_of_our_own(later):
	assert later["alone"]["party types"] == ["Partner"]
	assert later["alone"]["subject types"] == []


def test_its_partners_and_subjects_come_with_it(later):
	assert set(later["come"]["party types"]) == {"Partner", *PARTNERS}
	assert set(later["come"]["subject types"]) == SUBJECTS


def test_interactions_are_with_its_leads_and_organisations(later):
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


def test_its_partners_and_subjects_go_with_it(later):
	assert later["gone"]["party types"] == ["Partner"]
	assert later["gone"]["subject types"] == []


def test_interactions_stay_with_partners_of_our_own_in_their_place(later):
	left = later["gone"]["interactions"]
	assert {title: (row["party_type"], row["party_name"]) for title, row in left.items()} == {
		"Organisation": ("Partner", "Adria d.o.o."),
		"Lead": ("Partner", "Ivo Novak"),
	}
	assert not any(row["subject_type"] for row in left.values())
