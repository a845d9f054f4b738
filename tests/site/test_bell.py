"""The bell offers to complete and put off the work of a user's own reminders (R23)."""

from datetime import timedelta

import frappe
import pytest

from crm_interactions.api import activity as api
from crm_interactions.api import reminder
from crm_interactions.reminders import reminders
from crm_interactions.reminders.desk import LOG
from tests.site.factories import change_record, interaction, user
from tests.site.reminding import NOW, one_reader, reader

pytestmark = pytest.mark.records_only
ANA, IVO = "ana@example.com", "ivo@example.com"
surroundings = one_reader(ANA)


@pytest.fixture
def late():
	"""Return a late call after its reminder."""
	doc = interaction(
		starts_on="2100-06-01 09:00:00", responsible=ANA, status="Planned", title="Send the list"
	)
	assert reminders.send_due_reminders(NOW + timedelta(hours=1))["Sent"]
	return doc.reload()


def reminded(user: str = ANA) -> list[dict]:
	names = frappe.get_all(LOG, pluck="name")
	frappe.set_user(user)
	return reminder.list_reminded(names)


def test_planned_work_is_named(late):
	[row] = reminded()
	shown = {"activity_type": "Interaction", "activity": late.name, "title": "Send the list"}
	assert row == {**shown, "activity_plan": None, "notification": row["notification"], "read": 0}


@pytest.mark.parametrize(
	"settle",
	[
		lambda doc: api.complete(doc.doctype, doc.name),
		lambda doc: change_record(doc, starts_on="2100-07-01 10:00:00"),
		lambda doc: change_record(doc, responsible=reader(IVO).name),
	],
	ids=["completed", "moved", "handed over"],
)
def test_settled_work_is_read_and_has_no_buttons(settle, late):
	settle(late)
	[row] = reminded()
	assert row == {"notification": row["notification"], "read": 1}


def test_work_that_was_moved_back_has_buttons_again(late):
	before = str(late.starts_on)
	change_record(late, starts_on="2100-07-01 10:00:00")
	api.snooze(late.doctype, late.name, before)
	assert reminded()[0]["activity"] == late.name


def test_notifications_of_others_and_of_other_matters_are_left_out(late):
	for_ana = {"doctype": LOG, "type": "Mention", "for_user": ANA, "subject": "Look"}
	frappe.get_doc({**for_ana, "document_type": late.doctype, "document_name": late.name}).insert()
	stranger = reader(IVO).name
	assert len(reminded()) == 1
	frappe.set_user("Administrator")
	assert not reminded(stranger)


def test_a_user_without_the_role_is_refused(late):
	user(IVO)
	with pytest.raises(frappe.PermissionError):
		reminded(IVO)
