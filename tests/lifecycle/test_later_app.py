"""Frappe CRM is installed on a site without ERPNext, and uninstalled: the partner types follow (R30)."""

import pytest

from tests.lifecycle.conftest import HAS_CRM

pytestmark = pytest.mark.skipif(not HAS_CRM, reason="needs Frappe CRM")
CRM_TYPES = ["CRM Lead", "CRM Organization"]
ADRIA, IVO = "Adria d.o.o.", "Ivo Novak"


def test_frappe_crm_is_installed_without_erpnext(later):
	apps = {moment: set(later[moment]["apps"]) for moment in ("alone", "come", "gone")}
	own = {"frappe", "crm_interactions"}
	assert apps == {"alone": own, "come": {*own, "crm"}, "gone": own}


@pytest.mark.parametrize(
	("moment", "party_types", "subject_types"),
	[
		pytest.param("alone", ["Partner"], [], id="without Frappe CRM"),
		pytest.param("come", [*CRM_TYPES, "Partner"], ["CRM Deal", "CRM Lead"], id="with Frappe CRM"),
		pytest.param("gone", ["Partner"], [], id="after Frappe CRM"),
	],
)
def test_partner_and_subject_types_follow_frappe_crm(moment, party_types, subject_types, later):
	assert sorted(later[moment]["party types"]) == party_types
	assert sorted(later[moment]["subject types"]) == subject_types


def test_the_pages_of_frappe_crm_get_their_scripts(later):
	scripts = {moment: sorted(later[moment]["form scripts"]) for moment in ("alone", "come", "gone")}
	assert scripts == {"alone": [], "come": ["CRM Deal", "CRM Lead", "CRM Organization"], "gone": []}


def test_interactions_can_have_leads_and_organisations_as_partners(later):
	organisation = later["come"]["interactions"]["Organisation"]
	expected = {"Organisation": ("CRM Organization", ADRIA), "Lead": ("CRM Lead", IVO)}
	assert partners(later["come"]) == expected
	assert organisation["contact"]
	assert organisation["subject_type"] == "CRM Deal"


def test_interactions_stay_and_get_the_apps_partners_instead(later):
	assert partners(later["gone"]) == {"Organisation": ("Partner", ADRIA), "Lead": ("Partner", IVO)}
	assert not any(row["subject_type"] for row in later["gone"]["interactions"].values())


def partners(state: dict) -> dict[str, tuple[str, str]]:
	return {title: (row["party_type"], row["party_name"]) for title, row in state["interactions"].items()}
