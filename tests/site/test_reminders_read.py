"""The notification of a reminder becomes read once the activity needs it no more (R23)."""

from datetime import timedelta

import frappe
import pytest

from crm_interactions.api import activity as api
from crm_interactions.api import chain as chain_api
from crm_interactions.reminders import reminders
from crm_interactions.reminders.desk import LOG
from tests.site.factories import change_record, interaction
from tests.site.reminding import NOW, one_reader, reader

pytestmark = pytest.mark.records_only
ANA, IVO = "ana@example.com", "ivo@example.com"
surroundings = one_reader(ANA)
PAST = "2024-03-01 10:00:00"
# every way in which a late activity needs no reminder any more
SETTLED = {
	"completed": lambda doc: api.complete(doc.doctype, doc.name),
	"completed in bulk": lambda doc: api.complete_many(doc.doctype, [doc.name]),
	"held": lambda doc: change_record(doc, status="Held"),
	"not held": lambda doc: change_record(doc, status="Not Held"),
	"cancelled": lambda doc: change_record(doc, status="Cancelled"),
	"by REST": lambda doc: frappe.client.set_value(doc.doctype, doc.name, "status", "Cancelled"),
	"chain closed": lambda doc: chain_api.close(doc.chain, "Bought elsewhere", cancel_planned=1),
	"moved": lambda doc: change_record(doc, starts_on="2100-07-01 10:00:00"),
	"put off": lambda doc: api.snooze(doc.doctype, doc.name, "tomorrow"),
	"handed over": lambda doc: change_record(doc, responsible=reader(IVO).name),
	"turned into a meeting, then completed": lambda doc: complete_as_meeting(doc),
}
STAYS = {
	"other values": {"title": "Another title", "notes": "<p>Busy</p>"},
	"another past time": {"starts_on": "2024-03-02 10:00:00"},
}


@pytest.fixture
def late():
	"""Return a late call after its reminder, and its unread notification."""
	doc = interaction(starts_on="2100-06-01 09:00:00", responsible=ANA, status="Planned")
	assert reminders.send_due_reminders(NOW + timedelta(hours=1))["Sent"]
	frappe.db.set_value(doc.doctype, doc.name, "starts_on", PAST)
	assert unread(doc) == [ANA]
	return doc.reload()


def complete_as_meeting(doc) -> None:
	change_record(doc, participants=[{"full_name": "Ivan", "side": "Theirs"}])
	made = api.convert(doc.doctype, doc.name, "Meeting")
	assert frappe.get_all(LOG, {"document_name": made["name"], "read": 0})
	api.complete(made["doctype"], made["name"])
	assert frappe.get_all(LOG, {"document_name": made["name"], "read": 1})


def unread(doc) -> list[str]:
	return frappe.get_all(LOG, {"document_name": doc.name, "read": 0}, pluck="for_user")


@pytest.mark.parametrize("settle", SETTLED.values(), ids=SETTLED)
def test_the_notification_of_settled_work_is_read(settle, late):
	settle(late)
	assert not unread(late)


@pytest.mark.parametrize("values", STAYS.values(), ids=STAYS)
def test_the_notification_of_open_work_stays_unread(values, late):
	change_record(late, **values)
	assert unread(late) == [ANA]


def test_other_notifications_stay_unread(late):
	other = {"doctype": LOG, "type": "Mention", "for_user": reader(IVO).name, "subject": "Look"}
	frappe.get_doc({**other, "document_type": late.doctype, "document_name": late.name}).insert()
	api.complete(late.doctype, late.name)
	assert unread(late) == [IVO]


def test_a_deleted_activity_leaves_no_notification(late):
	frappe.delete_doc(late.doctype, late.name)
	assert not frappe.get_all(LOG, {"document_name": late.name})
