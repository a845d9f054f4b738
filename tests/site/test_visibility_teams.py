"""Teams form reporting lines through all levels, at once; loops are refused (R26)."""

import random
from itertools import pairwise

import frappe
import pytest
from frappe.model.rename_doc import rename_doc

from crm_interactions import install, visibility
from crm_interactions.followups import converting
from crm_interactions.setup import memory
from crm_interactions.visibility import predicate, reporting_lines, table_sizes
from crm_interactions.visibility.team import members_of
from tests.site.factories import interaction, partner, user
from tests.site.tier import choose
from tests.site.visible import below, colleagues, expected, team

pytestmark = pytest.mark.records_only

NAMES = [f"team.{letter}@example.com" for letter in "abcdefgh"]
A, B, C, D, E, F, G, H = NAMES


@pytest.fixture(autouse=True)
def firm(settings):
	colleagues(*NAMES)
	settings(visibility=predicate.OWN_AND_TEAM)


def listed(user: str) -> set:
	"""Return DocType and name of the activities in a user's lists."""
	frappe.set_user(user)
	found = {
		(doctype, name)
		for doctype in ("Interaction", "Meeting", "Product Record")
		for name in frappe.get_list(doctype, pluck="name", limit=0)
	}
	frappe.set_user("Administrator")
	return found


def by(name: str, **fields):
	frappe.set_user(name)
	doc = interaction(**fields)
	frappe.set_user("Administrator")
	return doc


def sees(name: str, doc) -> bool:
	"""Return whether a user sees a document; check that list, document and oracle agree."""
	in_list = (doc.doctype, doc.name) in listed(name)
	assert in_list == bool(frappe.has_permission(doc.doctype, "read", doc=doc.name, user=name))
	assert in_list == ((doc.doctype, doc.name) in expected(name))
	return in_list


def test_all_levels_and_changes_count_at_once():
	field = team("Field", B, C)
	sales = team("Sales", A, B)
	doc = by(C)
	assert sees(A, doc)
	assert sees(B, doc)
	assert not sees(D, doc)
	field.disabled = 1
	field.save()
	assert not sees(A, doc)
	field.disabled = 0
	field.leader = D
	field.save()
	assert sees(D, doc)
	assert not sees(B, doc)
	assert not sees(A, doc)
	sales.append("members", {"user": D})
	sales.save()
	assert sees(A, doc)
	field.set("members", [])
	field.save()
	assert not sees(D, doc)
	field.append("members", {"user": C})
	field.save()
	assert sees(A, doc)
	sales.delete()
	assert not sees(A, doc)
	assert sees(D, doc)


def test_a_user_can_have_two_leaders():
	team("Field", A, C)
	team("Product", B, C)
	doc = by(C)
	assert sees(A, doc)
	assert sees(B, doc)


@pytest.mark.parametrize(("few", "by_index"), [(400, 400), (400, 0), (0, 0)], ids=["index", "order", "rows"])
def test_each_form_of_the_query_finds_the_same_activities(few, by_index, monkeypatch):
	team("Field", B, C)
	team("Sales", A, B)
	docs = [by(name) for name in (A, B, C, D)]
	frappe.share.add("Interaction", docs[3].name, B)
	monkeypatch.setattr(predicate, "FEW", few)
	monkeypatch.setattr(table_sizes, "quick_by_index", lambda doctype: by_index)
	assert (" is true" in predicate.activity_condition("Interaction", A)) == ((few, by_index) == (400, 0))
	for name in (A, B, C, D):
		assert listed(name) == expected(name), name


@pytest.mark.parametrize(("rows", "users", "people"), [(1_000_000, 5000, 22), (2000, 10, 1), (0, 0, 0)])
def test_the_limit_for_index_lookups_depends_on_the_table_sizes(rows, users, people, monkeypatch):
	monkeypatch.setattr(table_sizes, "_sizes", lambda doctype: (rows, users))
	assert round(table_sizes.quick_by_index("Interaction")) == people


def test_loops_and_repeated_members_are_refused():
	team("Field", B, C)
	team("Sales", A, B)
	with pytest.raises(frappe.ValidationError, match="circle"):
		team("Round", C, A)
	with pytest.raises(frappe.ValidationError, match="leads this team"):
		team("Own", D, D)
	with pytest.raises(frappe.ValidationError, match="twice"):
		team("Twice", D, E, E)
	team("Sleeping", C, A, disabled=1)


def test_a_reporting_line_spans_many_levels():
	for upper, lower in pairwise(NAMES):
		team(f"Under {upper}", upper, lower)
	assert set(reporting_lines.list_users_below(A)) == {*NAMES[1:]}
	assert reporting_lines.count_users_below(A) == len(NAMES) - 1
	doc = by(H)
	assert all(sees(name, doc) for name in NAMES)


def test_the_digest_uses_the_same_reporting_lines():
	team("Field", B, C)
	team("Sales", A, B)
	assert members_of(A) == [B, C]
	assert members_of(C) == []


def test_access_follows_a_renamed_user():
	team("Field", B, C)
	doc = by(C, participants=[{"participant_type": "User", "participant": D}])
	rename_doc("User", C, "team.other@example.com", force=True)
	assert sees("team.other@example.com", doc)
	assert sees(B, doc)
	assert sees(D, doc)
	# a new user with the former name gets no access
	user(C, "Interaction User")
	assert not sees(C, doc)
	assert not sees("team.other@example.com", by(C))


def test_access_follows_merged_users():
	team("Field", B, C)
	docs = [by(C), by(D, responsible=C), by(D)]
	rename_doc("User", D, C, force=True, merge=True)
	assert all(sees(C, doc) and sees(B, doc) for doc in docs)


def test_access_follows_renamed_merged_converted_and_restored_activities():
	team("Field", B, C)
	guest = {"full_name": "Ivan Babić", "side": "Theirs"}
	one, other = by(C), by(D)
	planned = by(C, status="Planned", starts_on="2099-01-01 10:00:00", participants=[guest])
	frappe.set_user(C)
	met = converting.convert(frappe.get_doc("Interaction", planned.name), "Meeting")
	frappe.set_user("Administrator")
	assert sees(B, met)
	assert not sees(D, met)
	gone = by(C)
	frappe.delete_doc("Interaction", gone.name)
	assert ("Interaction", gone.name) not in listed(B)
	frappe.get_attr("frappe.core.doctype.deleted_document.deleted_document.restore")(
		frappe.db.get_value("Deleted Document", {"deleted_name": gone.name})
	)
	back = frappe.get_doc(
		"Interaction", frappe.db.get_value("Deleted Document", {"deleted_name": gone.name}, "new_name")
	)
	assert sees(B, back)
	rename_doc("Interaction", one.name, "INT-OTHER", force=True)
	one = frappe.get_doc("Interaction", "INT-OTHER")
	assert sees(B, one)
	rename_doc("Interaction", one.name, other.name, force=True, merge=True)
	assert sees(D, frappe.get_doc("Interaction", other.name))


def test_a_rebuild_restores_audiences_and_reporting_lines():
	team("Field", B, C)
	team("Sales", A, B)
	docs = [by(C), by(D, responsible=B)]
	frappe.share.add("Interaction", docs[0].name, E)
	before = {name: listed(name) for name in NAMES}
	assert visibility.rebuild() == {"added": 0, "removed": 0, "changed": 0}
	frappe.db.set_value("Interaction", docs[0].name, "audience", None, update_modified=False)
	frappe.db.set_value("Interaction", docs[1].name, "audience", docs[0].audience, update_modified=False)
	frappe.db.delete("Activity Audience", {"user": ("in", NAMES)})
	frappe.db.delete("Interaction Reporting Line", {"supervisor": A})
	frappe.db.set_value("Interaction Reporting Line", {"supervisor": B, "user": C}, "user", D)
	assert {name: listed(name) for name in NAMES} != before
	visibility.rebuild()
	assert {name: listed(name) for name in NAMES} == before


def test_an_older_site_gets_the_settings_of_visibility():
	"""A migration adds the missing choice and roles, and fills in missing audiences."""
	frappe.db.delete("Singles", {"doctype": memory.SETTINGS, "field": "visibility"})
	frappe.db.delete("Interaction Visibility Role")
	memory.forget_keys(
		{key for key in memory.recall_keys() if key.startswith("Interaction Visibility Role/")}
	)
	doc = by(A)
	frappe.db.set_value("Interaction", doc.name, "audience", None)
	frappe.clear_document_cache(memory.SETTINGS, memory.SETTINGS)
	install.after_migrate()
	settings = frappe.get_doc(memory.SETTINGS)
	assert settings.visibility == predicate.EVERYBODY
	assert {row.role for row in settings.see_all_roles} == {
		"Interaction Manager",
		"Interaction Administrator",
	}
	assert frappe.db.get_value("Interaction", doc.name, "audience") == doc.audience


@pytest.mark.parametrize("seed", range(choose(4, 8)))
def test_lists_documents_and_oracle_agree_in_random_teams(seed):
	"""Teams, activities, assignments and shares are created and changed at random."""
	chance = random.Random(seed)  # noqa: S311  repeatable
	shop = partner(f"Shop {seed}")
	docs = [
		by(
			chance.choice(NAMES),
			of=shop,
			responsible=chance.choice(NAMES),
			participants=[
				{"participant_type": "User", "participant": name}
				for name in chance.sample(NAMES, chance.randint(0, 2))
			],
		)
		for _ in range(6)
	]
	teams: dict = {}
	for _ in range(3):
		for _ in range(4):
			_change(chance, docs, teams)
		for name in NAMES:
			seen = expected(name)
			assert listed(name) == seen, (seed, name)
			for doc in docs:
				may = bool(frappe.has_permission("Interaction", "read", doc=doc.name, user=name))
				assert may == (("Interaction", doc.name) in seen)
			assert set(reporting_lines.list_users_below(name)) == below(name)
	assert visibility.rebuild() == {"added": 0, "removed": 0, "changed": 0}


def _change(chance: random.Random, docs: list, teams: dict) -> None:
	doc, name = chance.choice(docs), chance.choice(NAMES)
	doc.reload()
	kind = chance.choice(
		("team", "team", "team", "responsible", "participants", "assign", "share", "unshare")
	)
	if kind == "team":
		_change_team(chance, teams)
	elif kind == "responsible":
		doc.responsible = name
		doc.save()
	elif kind == "participants":
		doc.set("participants", [{"participant_type": "User", "participant": name}])
		doc.save()
	elif kind == "assign":
		values = {"reference_type": doc.doctype, "reference_name": doc.name, "allocated_to": name}
		todo = frappe.get_doc({"doctype": "ToDo", "description": "Call", **values}).insert()
		if chance.random() < 0.3:
			todo.status = "Closed"
			todo.save()
	elif kind == "share":
		frappe.share.add(doc.doctype, doc.name, name)
	else:
		shares = frappe.get_all("DocShare", {"share_name": doc.name}, pluck="name")
		for share in shares[:1]:
			frappe.delete_doc("DocShare", share)


def _change_team(chance: random.Random, teams: dict) -> None:
	leader, *members = chance.sample(NAMES, chance.randint(2, 4))
	key = chance.randint(0, 3)
	frappe.db.savepoint("before_team")
	try:
		if key in teams:
			teams[key].reload()
			teams[key].update({"leader": leader, "disabled": int(chance.random() < 0.2)})
			teams[key].set("members", [{"user": member} for member in members])
			teams[key].save()
		else:
			teams[key] = team(f"Team {key}", leader, *members)
	except frappe.ValidationError:
		# the random team would close a loop
		frappe.db.rollback(save_point="before_team")
		frappe.clear_messages()
