"""*Reviewed* records user and time; options switch *Reviewed* and *Under Control* off (R12)."""

import frappe
import pytest
from frappe.client import bulk_update, set_value
from frappe.utils import now_datetime

from crm_interactions.exceptions import OptionOffError
from tests.site.checks import refused, stored
from tests.site.factories import change_record, interaction, log_in
from tests.site.kinds import CALL_AND_MEETING

pytestmark = pytest.mark.records_only
OPTIONS = pytest.mark.parametrize(
	"flag, option, label",
	[("reviewed", "use_reviewed", "Reviewed"), ("under_control", "use_under_control", "Under Control")],
)


@CALL_AND_MEETING
def test_a_review_records_user_and_time(make):
	doc = make()
	log_in("chief@example.com", "Interaction Manager")
	set_value(doc.doctype, doc.name, "reviewed", 1)
	doc.reload()
	assert doc.reviewed_by == "chief@example.com"
	assert abs((now_datetime() - doc.reviewed_on).total_seconds()) < 60


def test_the_reviewer_stays_when_another_user_saves():
	doc = interaction(reviewed=1)
	before = stored(doc, ["reviewed_by", "reviewed_on"])
	log_in("recorder@example.com", "Interaction User")
	change_record(frappe.get_doc("Interaction", doc.name), notes="Called again.")
	assert stored(doc, ["reviewed_by", "reviewed_on"]) == before
	assert before[0] == "Administrator"


def test_withdrawing_a_review_clears_user_and_time():
	doc = change_record(interaction(reviewed=1), reviewed=0)
	assert stored(doc, ["reviewed_by", "reviewed_on"]) == (None, None)


def test_clearing_the_flag_clears_the_control_date():
	doc = interaction(under_control=1, control_on="2026-12-01")
	assert str(doc.control_on) == "2026-12-01"
	assert change_record(doc, under_control=0).control_on is None


def test_both_flags_can_be_set_in_bulk():
	names = [interaction().name, interaction(completed=1).name]
	docs = [{"doctype": "Interaction", "docname": name, "reviewed": 1, "under_control": 1} for name in names]
	assert bulk_update(frappe.as_json(docs)) == {"failed_docs": []}
	values = ["reviewed", "reviewed_by", "under_control"]
	rows = frappe.get_all("Interaction", {"name": ("in", names)}, values, as_list=True)
	assert {tuple(row) for row in rows} == {(1, "Administrator", 1)}


@CALL_AND_MEETING
@OPTIONS
def test_a_switched_off_flag_is_refused(make, flag, option, label, settings):
	settings(**{option: 0})
	with refused(OptionOffError, f"{label}.* is switched off. An administrator can switch it on in"):
		make(**{flag: 1})
	doc = make()
	with refused(OptionOffError, "is switched off"):
		change_record(doc, **{flag: 1})


@CALL_AND_MEETING
@OPTIONS
def test_a_flag_set_before_its_option_is_switched_off_stays(make, flag, option, label, settings):
	doc = make(**{flag: 1})
	settings(**{option: 0})
	assert change_record(doc, notes="Called again.").get(flag) == 1
	change_record(doc, **{flag: 0})


@OPTIONS
def test_a_switched_off_flag_is_refused_on_completed_records_too(flag, option, label, settings):
	doc = interaction(completed=1)
	settings(**{option: 0})
	with refused(OptionOffError, "is switched off"):
		change_record(doc, **{flag: 1})
