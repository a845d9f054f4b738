"""Frappe's logs record user and time of each action, and no user can edit, delete or forge them (R9, R12, R26, B2)."""

import frappe
import pytest
from frappe.client import delete, insert, set_value
from frappe.desk.form.load import get_docinfo
from frappe.desk.form.utils import add_comment, update_comment

from crm_interactions.api import activity as api
from crm_interactions.api import chain as chains
from crm_interactions.api import oversight
from tests.site.checks import refused, stored
from tests.site.factories import change_record, interaction, partner, record, user
from tests.site.kinds import CALL_AND_MEETING

pytestmark = pytest.mark.records_only
CHIEF, RECORDER, IVO = "chief@example.com", "recorder@example.com", "ivo@example.com"
ROLES = {
	CHIEF: ("Interaction Manager",),
	RECORDER: ("Interaction User",),
	"boss@example.com": ("Interaction Administrator", "System Manager", "Website Manager"),
}
STAYS = "The audit trail can't be changed or deleted"
LOGS = (
	*("Version", "Interaction Chain Log", "Interaction Chain Move"),
	*("Interaction Hand Over", "Interaction Hand Over Entry"),
)


@pytest.fixture
def people():
	for name, roles in ROLES.items():
		user(name, *roles)


def changes(doc) -> list[tuple]:
	"""Return user, field, old and new value of each change in the timeline."""
	frappe.response["docinfo"] = frappe._dict()
	get_docinfo(doctype=doc.doctype, name=doc.name)
	return [
		(version.owner, *change)
		for version in frappe.response["docinfo"]["versions"]
		for change in frappe.parse_json(version.data).get("changed", [])
	]


def entries() -> list[tuple]:
	"""Return user and text of each entry in the timeline that `changes` read."""
	return [(entry.owner, entry.content) for entry in frappe.response["docinfo"]["info_logs"]]


def entry_of(doc) -> str:
	return frappe.db.get_value("Comment", {"reference_name": doc.name, "comment_type": "Info"})


def reopened(make=interaction):
	doc = make(completed=1)
	api.reopen(doc.doctype, doc.name, "The price was wrong")
	return doc.reload()


@CALL_AND_MEETING
def test_completing_and_reopening_are_recorded(make, people, as_user, versions):
	doc = make()
	as_user(CHIEF)
	api.complete(doc.doctype, doc.name)
	api.reopen(doc.doctype, doc.name, "The price was wrong")
	assert {(CHIEF, "completed", 0, 1), (CHIEF, "completed", 1, 0)} <= {*changes(doc)}
	assert entries() == [(CHIEF, "reopened this. Reason: The price was wrong")]


@CALL_AND_MEETING
def test_review_and_control_are_recorded(make, people, as_user, versions):
	doc = make(completed=1)
	as_user(CHIEF)
	named = [{"activity_type": doc.doctype, "activity": doc.name}]
	api.review(named)
	api.control(named)
	api.review(named, reviewed=0)
	reviews = {(CHIEF, "reviewed", 0, 1), (CHIEF, "reviewed", 1, 0)}
	assert {*reviews, (CHIEF, "under_control", 0, 1)} <= {*changes(doc)}


def test_a_hand_over_is_recorded(people, as_user, versions):
	user(IVO, "Interaction User")
	doc = interaction(responsible=RECORDER, status="Planned", starts_on="2100-06-01 10:00:00")
	as_user(CHIEF)
	name = oversight.hand_over(RECORDER, IVO)["name"]
	assert (CHIEF, "responsible", RECORDER, IVO) in changes(doc)
	assert entries() == [(CHIEF, f"handed this over from recorder to ivo ({name})")]


def test_the_log_of_a_chain_records_joins_splits_subjects_and_closing(people, as_user, settings, versions):
	settings(subject_types=[{"subject_type": "Note"}])
	subject, of = record("Note", title="The claim", public=1), partner()
	one, other = interaction(of), interaction(of)
	as_user(CHIEF)
	chains.link("Interaction", other.name, "Interaction", one.name)
	chains.set_subject(one.chain, subject.doctype, subject.name)
	chains.unlink("Interaction", other.name)
	chains.close(one.chain, "No interest")
	chains.reopen(one.chain)
	found = frappe.get_list("Interaction Chain Log", {"chain": one.chain}, ["action", "owner"])
	assert {entry.action for entry in found} >= {"Join", "Subject", "Split", "Close", "Reopen"}
	assert {entry.owner for entry in found} == {CHIEF}
	# set-based, without a version for each member, so that long chains stay fast
	assert not [change for change in changes(one) if change[1] in ("chain", "subject")]


def test_chains_have_versions_too(people, as_user, versions):
	name = interaction().chain
	as_user(CHIEF)
	chain = frappe.get_doc("Interaction Chain", name)
	change_record(chain, responsible=CHIEF, title="The pumps")
	assert (CHIEF, "responsible", "Administrator", CHIEF) in changes(chain)


@pytest.mark.parametrize("who", [CHIEF, RECORDER, "boss@example.com"])
@pytest.mark.parametrize("doctype", LOGS)
def test_no_user_may_write_a_log(who, doctype, people, as_user):
	as_user(who)
	assert not [right for right in ("write", "create", "delete") if frappe.has_permission(doctype, right)]


@pytest.mark.parametrize("who", [CHIEF, "boss@example.com", "Administrator"])
@pytest.mark.parametrize("door", ["own editor", "set_value", "delete", "document", "other document"])
def test_no_user_can_change_an_entry(who, door, people, as_user):
	as_user(CHIEF)
	name, other = entry_of(reopened()), interaction().name
	as_user(who)
	comment, fields = frappe.get_doc("Comment", name), ["content", "comment_type", "reference_name", "owner"]
	doors = {
		"own editor": lambda: update_comment(name, "never reopened"),
		"set_value": lambda: set_value("Comment", name, "content", "never reopened"),
		"delete": lambda: delete("Comment", name),
		"document": lambda: change_record(comment, comment_type="Comment"),
		"other document": lambda: change_record(comment, reference_name=other),
	}
	before = stored(comment, fields)
	with pytest.raises(frappe.PermissionError):
		doors[door]()
	assert stored(comment, fields) == before


def test_the_refusal_of_a_change_states_the_reason(people, as_user):
	as_user(CHIEF)
	name = entry_of(reopened())
	with refused(frappe.PermissionError, STAYS):
		update_comment(name, "never reopened")


@pytest.mark.parametrize("who", ["boss@example.com", "Administrator"])
def test_an_entry_cannot_be_forged(who, people, as_user):
	doc = interaction()
	as_user(who)
	reference = {"reference_doctype": doc.doctype, "reference_name": doc.name}
	forged = {"doctype": "Comment", "content": "reopened this", "comment_email": CHIEF, **reference}
	with refused(frappe.PermissionError, STAYS):
		insert({**forged, "comment_type": "Info"})
	comment = frappe.get_doc("Comment", insert({**forged, "comment_type": "Comment"})["name"])
	with refused(frappe.PermissionError, STAYS):
		change_record(comment, comment_type="Info")


def test_a_version_can_be_neither_changed_nor_deleted(people, versions):
	doc = interaction()
	api.complete(doc.doctype, doc.name)
	version = frappe.get_doc("Version", {"docname": doc.name})
	with refused(frappe.PermissionError, STAYS):
		frappe.delete_doc("Version", version.name)
	with refused(frappe.PermissionError, STAYS):
		change_record(version, data="{}")


def test_users_can_change_their_comments(people, as_user):
	doc = interaction()
	as_user(CHIEF)
	comment = add_comment(doc.doctype, doc.name, "They want it sooner", CHIEF, "chief")
	update_comment(comment.name, "They want it later")
	assert stored(comment, "content") == "They want it later"
	frappe.set_user("Administrator")
	frappe.delete_doc("Comment", comment.name)


def test_entries_of_other_document_types_can_be_changed():
	comment = record("Note", title="Remember", public=1).add_comment("Info", "was read")
	change_record(comment, content="was read twice")
	frappe.delete_doc("Comment", comment.name)


def test_deleting_a_document_deletes_its_trail():
	doc = reopened()
	name = entry_of(doc)
	frappe.delete_doc(doc.doctype, doc.name)
	assert not frappe.db.exists("Comment", name)
