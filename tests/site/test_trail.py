"""Frappe's logs record user and time of each action, and no user can edit, delete or forge them (R9, R12, R26, B2)."""

import frappe
import pytest
from frappe.client import delete, insert, set_value
from frappe.desk.form.load import get_docinfo
from frappe.desk.form.utils import add_comment, update_comment

from crm_interactions.api import activity as api
from crm_interactions.api import chain as chains
from crm_interactions.api import oversight
from tests.site.checks import refused
from tests.site.factories import interaction, meeting, partner, user

pytestmark = pytest.mark.records_only
CHIEF, RECORDER, IVO = "chief@example.com", "recorder@example.com", "ivo@example.com"
ROLES = {
	CHIEF: ("Interaction Manager",),
	RECORDER: ("Interaction User",),
	"boss@example.com": ("Interaction Administrator", "System Manager", "Website Manager"),
}
BOTH = pytest.mark.parametrize("make", [interaction, meeting])
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
	docinfo = frappe._dict()
	frappe.response["docinfo"] = docinfo
	get_docinfo(doctype=doc.doctype, name=doc.name)
	return [
		(version.owner, field, before, after)
		for version in frappe.response["docinfo"]["versions"]
		for field, before, after in frappe.parse_json(version.data).get("changed", [])
	]


def entry_of(doc) -> str:
	return frappe.db.get_value("Comment", {"reference_name": doc.name, "comment_type": "Info"})


def reopened(make=interaction):
	doc = make(completed=1)
	api.reopen(doc.doctype, doc.name, "The price was wrong")
	return doc.reload()


# recorded actions


@BOTH
def test_completing_and_reopening_are_recorded(make, people, as_user, versions):
	doc = make()
	as_user(CHIEF)
	api.complete(doc.doctype, doc.name)
	api.reopen(doc.doctype, doc.name, "The price was wrong")
	seen = changes(doc)
	assert (CHIEF, "completed", 0, 1) in seen
	assert (CHIEF, "completed", 1, 0) in seen
	(entry,) = frappe.response["docinfo"]["info_logs"]
	assert (entry.owner, entry.content) == (CHIEF, "reopened this. Reason: The price was wrong")


@BOTH
def test_review_and_control_are_recorded(make, people, as_user, versions):
	doc = make(completed=1)
	as_user(CHIEF)
	named = [{"activity_type": doc.doctype, "activity": doc.name}]
	api.review(named)
	api.control(named)
	api.review(named, reviewed=0)
	seen = changes(doc)
	assert {(CHIEF, "reviewed", 0, 1), (CHIEF, "under_control", 0, 1), (CHIEF, "reviewed", 1, 0)} <= {*seen}


def test_a_hand_over_is_recorded(people, as_user, versions):
	user(IVO, "Interaction User")
	doc = interaction(responsible=RECORDER, status="Planned", starts_on="2100-06-01 10:00:00")
	as_user(CHIEF)
	name = oversight.hand_over(RECORDER, IVO)["name"]
	assert (CHIEF, "responsible", RECORDER, IVO) in changes(doc)
	(entry,) = frappe.response["docinfo"]["info_logs"]
	assert (entry.owner, entry.content) == (CHIEF, f"handed this over from recorder to ivo ({name})")


def test_the_log_of_a_chain_records_joins_splits_subjects_and_closing(people, as_user, settings, versions):
	settings(subject_types=[{"subject_type": "Note"}])
	subject = frappe.get_doc({"doctype": "Note", "title": "The claim", "public": 1}).insert()
	of = partner()
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
	chain = frappe.get_doc("Interaction Chain", interaction().chain)
	as_user(CHIEF)
	chain = frappe.get_doc("Interaction Chain", chain.name)
	chain.update({"responsible": CHIEF, "title": "The pumps"})
	chain.save()
	assert (CHIEF, "responsible", "Administrator", CHIEF) in changes(chain)


# protected records


@pytest.mark.parametrize("who", [CHIEF, RECORDER, "boss@example.com"])
@pytest.mark.parametrize("doctype", LOGS)
def test_no_user_may_write_a_log(who, doctype, people, as_user):
	as_user(who)
	assert not [right for right in ("write", "create", "delete") if frappe.has_permission(doctype, right)]


@pytest.mark.parametrize("who", [CHIEF, "boss@example.com", "Administrator"])
@pytest.mark.parametrize("door", ["own editor", "set_value", "delete", "document", "other document"])
def test_no_user_can_change_an_entry(who, door, people, as_user):
	user(CHIEF, "Interaction Manager")
	as_user(CHIEF)
	name, other = entry_of(reopened()), interaction().name
	as_user(who)
	doors = {
		"own editor": lambda: update_comment(name, "never reopened"),
		"set_value": lambda: set_value("Comment", name, "content", "never reopened"),
		"delete": lambda: delete("Comment", name),
		"document": lambda: frappe.get_doc("Comment", name).update({"comment_type": "Comment"}).save(),
		"other document": lambda: frappe.get_doc("Comment", name).update({"reference_name": other}).save(),
	}
	before = frappe.db.get_value("Comment", name, ["content", "comment_type", "reference_name", "owner"])
	with pytest.raises(frappe.PermissionError):
		doors[door]()
	assert (
		frappe.db.get_value("Comment", name, ["content", "comment_type", "reference_name", "owner"]) == before
	)


def test_the_refusal_of_a_change_states_the_reason(people, as_user):
	as_user(CHIEF)
	name = entry_of(reopened())
	with refused(frappe.PermissionError, STAYS):
		update_comment(name, "never reopened")


@pytest.mark.parametrize("who", ["boss@example.com", "Administrator"])
def test_an_entry_cannot_be_forged(who, people, as_user):
	doc = interaction()
	as_user(who)
	forged = {
		"doctype": "Comment",
		"comment_type": "Info",
		"reference_doctype": "Interaction",
		"reference_name": doc.name,
		"content": "reopened this",
		"comment_email": CHIEF,
	}
	with refused(frappe.PermissionError, STAYS):
		insert(forged)
	mine = insert({**forged, "comment_type": "Comment"})
	comment = frappe.get_doc("Comment", mine["name"])
	comment.comment_type = "Info"
	with refused(frappe.PermissionError, STAYS):
		comment.save()


def test_a_version_can_be_neither_changed_nor_deleted(people, versions):
	doc = interaction()
	api.complete(doc.doctype, doc.name)
	name = frappe.db.get_value("Version", {"docname": doc.name})
	version = frappe.get_doc("Version", name)
	with refused(frappe.PermissionError, STAYS):
		frappe.delete_doc("Version", name)
	version.data = "{}"
	with refused(frappe.PermissionError, STAYS):
		version.save()


def test_users_can_change_their_comments(people, as_user):
	doc = interaction()
	as_user(CHIEF)
	comment = add_comment(doc.doctype, doc.name, "They want it sooner", CHIEF, "chief")
	update_comment(comment.name, "They want it later")
	assert frappe.db.get_value("Comment", comment.name, "content") == "They want it later"
	frappe.set_user("Administrator")
	frappe.delete_doc("Comment", comment.name)


def test_entries_of_other_document_types_can_be_changed():
	note = frappe.get_doc({"doctype": "Note", "title": "Remember", "public": 1}).insert()
	comment = note.add_comment("Info", "was read")
	comment.content = "was read twice"
	comment.save()
	frappe.delete_doc("Comment", comment.name)


def test_deleting_a_document_deletes_its_trail():
	doc = reopened()
	name = entry_of(doc)
	frappe.delete_doc(doc.doctype, doc.name)
	assert not frappe.db.exists("Comment", name)
