"""*Reviewed* records user and time; options switch *Reviewed* and *Under Control* off (R12)."""

import frappe
import pytest
from frappe.client import bulk_update, set_value
from frappe.utils import now_datetime

from crm_interactions.exceptions import OptionOffError
from tests.site.checks import refused
from tests.site.factories import interaction, meeting, user

pytestmark = pytest.mark.records_only
BOTH = pytest.mark.parametrize("make", [interaction, meeting])
OPTIONS = pytest.mark.parametrize(
	"flag, option, label",
	[("reviewed", "use_reviewed", "Reviewed"), ("under_control", "use_under_control", "Under Control")],
)


@BOTH
def test_a_review_records_user_and_time(make, as_user):
	doc = make()
	user("chief@example.com", "Interaction Manager")
	as_user("chief@example.com")
	set_value(doc.doctype, doc.name, "reviewed", 1)
	doc.reload()
	assert doc.reviewed_by == "chief@example.com"
	assert abs((now_datetime() - doc.reviewed_on).total_seconds()) < 60


def test_the_reviewer_stays_when_another_user_saves(as_user):
	doc = interaction(reviewed=1)
	first = frappe.db.get_value("Interaction", doc.name, "reviewed_on")
	user("recorder@example.com", "Interaction User")
	as_user("recorder@example.com")
	doc = frappe.get_doc("Interaction", doc.name)
	doc.notes = "Called again."
	doc.save()
	assert frappe.db.get_value("Interaction", doc.name, ["reviewed_by", "reviewed_on"]) == (
		"Administrator",
		first,
	)


def test_withdrawing_a_review_clears_user_and_time():
	doc = interaction(reviewed=1)
	doc.reviewed = 0
	doc.save()
	assert frappe.db.get_value("Interaction", doc.name, ["reviewed_by", "reviewed_on"]) == (None, None)


def test_clearing_the_flag_clears_the_control_date():
	doc = interaction(under_control=1, control_on="2026-12-01")
	assert str(doc.control_on) == "2026-12-01"
	doc.under_control = 0
	doc.save()
	assert doc.control_on is None


def test_both_flags_can_be_set_in_bulk():
	names = [interaction().name, interaction(completed=1).name]
	docs = [{"doctype": "Interaction", "docname": name, "reviewed": 1, "under_control": 1} for name in names]
	assert bulk_update(frappe.as_json(docs)) == {"failed_docs": []}
	rows = frappe.get_all(
		"Interaction", {"name": ("in", names)}, ["reviewed", "reviewed_by", "under_control"]
	)
	assert {(row.reviewed, row.reviewed_by, row.under_control) for row in rows} == {(1, "Administrator", 1)}


@BOTH
@OPTIONS
def test_a_switched_off_flag_is_refused(make, flag, option, label, settings):
	settings(**{option: 0})
	with refused(OptionOffError, f"{label}.* is switched off. An administrator can switch it on in"):
		make(**{flag: 1})
	doc = make()
	doc.set(flag, 1)
	with refused(OptionOffError, "is switched off"):
		doc.save()


@BOTH
@OPTIONS
def test_a_flag_set_before_its_option_is_switched_off_stays(make, flag, option, label, settings):
	doc = make(**{flag: 1})
	settings(**{option: 0})
	doc.notes = "Called again."
	doc.save()
	assert doc.get(flag) == 1
	doc.set(flag, 0)
	doc.save()


@OPTIONS
def test_a_switched_off_flag_is_refused_on_completed_records_too(flag, option, label, settings):
	doc = interaction(completed=1)
	settings(**{option: 0})
	doc.set(flag, 1)
	with refused(OptionOffError, "is switched off"):
		doc.save()
