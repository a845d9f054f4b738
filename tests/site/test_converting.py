"""A planned activity is converted to a call, a meeting, an e-mail or an SMS without loss (R25)."""

import frappe
import pytest
from frappe.desk.form import assign_to
from frappe.utils.file_manager import save_file

from crm_interactions.api import activity as api
from crm_interactions.api import chain as chain_api
from crm_interactions.journal import writer
from crm_interactions.recording import rebuild
from tests.site.checks import comments, stored
from tests.site.factories import change_record, contact, interaction, meeting, partner, record, user

pytestmark = pytest.mark.records_only
SOON, MARTA = "2100-06-01 10:00:00", "marta@example.com"
COPIED = (
	*("title", "party", "contact", "chain", "starts_on", "notes", "category", "amount", "currency"),
	*("responsible", "priority", "owner"),
)
# DocType → fields that refer to an activity
REFERENCES = {
	**{"File": ("attached_to_doctype", "attached_to_name"), "ToDo": ("reference_type", "reference_name")},
	**{"DocShare": ("share_doctype", "share_name"), "Tag Link": ("document_type", "document_name")},
}


@pytest.fixture
def plan():
	"""Return a planned interaction with a contact person."""
	of = partner("Tvrtka d.o.o.")
	ana = contact(of, phone="+385 1 4567 890", email="ana@example.com").name
	people = [{"full_name": "Ivo", "email": "ivo@example.com"}]
	products = [{"product": "Pump P-40", "quantity": 3}]
	values = {"interaction_type": "Planned", "starts_on": SOON, "notes": "<p>Ask about <b>prices</b>.</p>"}
	values |= {"category": "Trade Negotiations", "amount": 100, "currency": "EUR"}
	return interaction(of, contact=ana, participants=people, products=products, **values)


def convert(doc, to: str):
	answer = api.convert(doc.doctype, doc.name, to)
	return frappe.get_doc(answer["doctype"], answer["name"])


@pytest.mark.parametrize("kind", ["Phone Call", "E-mail", "SMS"])
def test_converting_to_another_interaction_type_keeps_the_record(plan, kind, consistent):
	new = convert(plan, kind)
	assert (new.name, new.interaction_type, new.chain, new.status) == (plan.name, kind, plan.chain, "Planned")


def test_converting_to_a_meeting_keeps_all_values(plan, consistent):
	row = writer.find_row(plan.doctype, plan.name)
	new = convert(plan, "Meeting")
	assert new.doctype == "Meeting"
	for field in COPIED:
		assert new.get(field) == plan.get(field), field
	assert [row.full_name for row in new.participants] == ["Ivo", "Ana Horvat"]
	assert [(row.product, row.quantity) for row in new.products] == [("Pump P-40", 3)]
	assert not frappe.db.exists("Interaction", plan.name)
	assert writer.find_row("Meeting", new.name)["name"] == row["name"], "the row is moved, not copied"
	assert not writer.find_row("Interaction", plan.name)


def test_files_comments_tags_tasks_shares_and_mails_move_with_the_activity(plan):
	save_file("offer.txt", b"offer", plan.doctype, plan.name)
	plan.add_comment("Comment", "a remark")
	plan.add_tag("warm")
	user(MARTA, "Interaction User")
	assign_to.add({"assign_to": [MARTA], "doctype": plan.doctype, "name": plan.name})
	frappe.share.add(plan.doctype, plan.name, MARTA, write=1)
	about = {"reference_doctype": plan.doctype, "reference_name": plan.name}
	mail = record("Communication", subject="Prices", content="Hello", **about)
	new = convert(plan.reload(), "Meeting")
	for doctype, fields in REFERENCES.items():
		assert frappe.db.exists(doctype, dict(zip(fields, (new.doctype, new.name), strict=True))), doctype
	assert stored(mail, "reference_name") == new.name
	remarks = comments(new)
	assert "a remark" in remarks
	assert any(plan.name in remark for remark in remarks)
	assert "warm" in new.get("_user_tags")
	assert MARTA in new.get("_assign")
	assert new.has_attachment


def test_a_converted_next_step_stays_the_next_step(consistent):
	of = partner("Tvrtka d.o.o.")
	ana = contact(of, phone="+385 1 4567 890").name
	doc = interaction(of, contact=ana, plan_next=1, next_in=2, next_unit="Days", next_type="Planned")
	new = convert(frappe.get_doc("Interaction", doc.next_activity), "Meeting")
	doc.reload()
	assert (doc.next_activity_type, doc.next_activity) == ("Meeting", new.name)
	assert (new.planned_by_type, new.planned_by) == ("Interaction", doc.name)
	assert frappe.get_all("ToDo", {"reference_type": "Meeting", "reference_name": new.name, "status": "Open"})


def test_a_converted_activity_keeps_its_own_next_step(plan):
	change_record(plan, plan_next=1, next_on="2100-07-01 10:00:00")
	new = convert(plan, "Meeting")
	assert new.next_activity == plan.next_activity
	step = frappe.get_doc("Interaction", plan.next_activity)
	assert (step.planned_by_type, step.planned_by) == ("Meeting", new.name)
	assert frappe.db.count("Interaction", {"planned_by": new.name}) == 1


def test_rebuilding_the_journal_keeps_the_row_of_a_converted_activity(plan):
	new = convert(plan, "Meeting")
	before = writer.find_row("Meeting", new.name)
	rebuild()
	assert writer.find_row("Meeting", new.name) == before


def test_a_join_can_be_undone_after_a_conversion(plan, consistent):
	other = interaction(party_type=plan.party_type, party=plan.party)
	joined = chain_api.link(plan.doctype, plan.name, other.doctype, other.name)
	new = convert(plan.reload(), "Meeting")
	chain_api.undo(joined["log"])
	assert new.reload().chain != other.reload().chain


def test_a_meeting_can_be_converted_to_a_call(consistent):
	doc = meeting(starts_on=SOON, how_to_reach="+385 1 4567 890", place="Zagreb")
	new = convert(doc, "Phone Call")
	assert (new.doctype, new.interaction_type, new.chain) == ("Interaction", "Phone Call", doc.chain)
	assert any("Zagreb" in remark for remark in comments(new)), "an interaction has no place"


def test_only_planned_activities_can_be_converted():
	doc = interaction(interaction_type="Phone Call")
	with pytest.raises(frappe.ValidationError, match="Choose a planned activity"):
		convert(doc, "E-mail")


def test_converting_to_a_meeting_needs_a_participant(consistent):
	doc = interaction(interaction_type="Planned", starts_on=SOON)
	frappe.db.savepoint("clean")
	with pytest.raises(frappe.MandatoryError, match="participant"):
		convert(doc, "Meeting")
	frappe.db.rollback(save_point="clean")
	assert frappe.db.exists("Interaction", doc.name)


def test_converting_to_an_unknown_type_is_refused(plan):
	with pytest.raises(frappe.DoesNotExistError):
		convert(plan, "Telepathy")


def test_converting_needs_no_delete_permission(plan, as_user):
	as_user(user(MARTA, "Interaction User").name)
	assert not frappe.has_permission("Interaction", "delete")
	assert convert(plan, "Meeting").doctype == "Meeting"
	# nothing to restore: the activity still exists
	assert not frappe.db.exists("Deleted Document", {"deleted_name": plan.name})


def test_the_supervisors_fields_move_without_the_right_to_write_them(plan, as_user):
	plan.db_set({"under_control": 1, "control_on": "2100-06-02"})
	as_user(user(MARTA, "Interaction User").name)
	assert str(convert(plan, "Meeting").control_on) == "2100-06-02"


def test_a_booked_room_stays_booked(plan):
	room = record("Meeting Resource", title="Small Room")
	plan.append("resources", {"resource": room.name})
	plan.save()
	assert [row.resource for row in convert(plan, "Meeting").resources] == [room.name]
	assert frappe.db.count("Activity Resource", {"resource": room.name}) == 1
