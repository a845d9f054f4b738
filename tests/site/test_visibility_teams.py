"""Teams form reporting lines through all levels, at once; loops are refused (R26)."""

import random
from itertools import pairwise

import frappe
import pytest
from frappe.core.doctype.deleted_document.deleted_document import restore
from frappe.model.rename_doc import rename_doc

from crm_interactions import install, visibility
from crm_interactions.followups import converting
from crm_interactions.setup import memory
from crm_interactions.visibility import predicate, reporting_lines, table_sizes
from crm_interactions.visibility.reporting_lines import list_users_below
from tests.site.factories import change_record, partner, record, user
from tests.site.tier import choose
from tests.site.visible import SEE_ALL, below, colleagues, expected, listed, recorded_by, see, sees, team

pytestmark = pytest.mark.records_only

NAMES = [f"team.{letter}@example.com" for letter in "abcdefgh"]
A, B, C, D, E, F, G, H = NAMES


@pytest.fixture(autouse=True)
def firm(settings):
	colleagues(*NAMES)
	settings(visibility=predicate.OWN_AND_TEAM)


def participant(name: str) -> dict:
	return {"participant_type": "User", "participant": name}


def test_all_levels_and_changes_count_at_once():
	field = team("Field", B, C)
	sales = team("Sales", A, B)
	doc = recorded_by(C)
	assert see(doc, A, B, D) == [A, B]
	change_record(field, disabled=1)
	assert see(doc, A) == []
	change_record(field, disabled=0, leader=D)
	assert see(doc, A, B, D) == [D]
	sales.append("members", {"user": D})
	sales.save()
	assert see(doc, A) == [A]
	change_record(field, members=[])
	assert see(doc, D) == []
	change_record(field, members=[{"user": C}])
	assert see(doc, A) == [A]
	sales.delete()
	assert see(doc, A, D) == [D]


def test_a_user_can_have_two_leaders():
	team("Field", A, C)
	team("Product", B, C)
	assert see(recorded_by(C), A, B) == [A, B]


@pytest.mark.parametrize(("few", "by_index"), [(400, 400), (400, 0), (0, 0)], ids=["index", "order", "rows"])
def test_each_form_of_the_query_finds_the_same_activities(few, by_index, monkeypatch):
	team("Field", B, C)
	team("Sales", A, B)
	docs = [recorded_by(name) for name in (A, B, C, D)]
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
	refusals = {"Round": ("circle", C, A), "Own": ("leads this team", D, D), "Twice": ("twice", D, E, E)}
	for name, (message, *people) in refusals.items():
		with pytest.raises(frappe.ValidationError, match=message):
			team(name, *people)
	team("Sleeping", C, A, disabled=1)


def test_a_reporting_line_spans_many_levels():
	for upper, lower in pairwise(NAMES):
		team(f"Under {upper}", upper, lower)
	assert set(reporting_lines.list_users_below(A)) == {*NAMES[1:]}
	assert reporting_lines.count_users_below(A) == len(NAMES) - 1
	doc = recorded_by(H)
	assert all(sees(name, doc) for name in NAMES)


def test_the_digest_uses_the_same_reporting_lines():
	team("Field", B, C)
	team("Sales", A, B)
	assert list_users_below(A) == [B, C]
	assert list_users_below(C) == []


def test_access_follows_a_renamed_user():
	team("Field", B, C)
	doc = recorded_by(C, participants=[participant(D)])
	rename_doc("User", C, "team.other@example.com", force=True)
	assert see(doc, "team.other@example.com", B, D) == ["team.other@example.com", B, D]
	# a new user with the former name gets no access
	user(C, "Interaction User")
	assert not sees(C, doc)
	assert not sees("team.other@example.com", recorded_by(C))


def test_access_follows_merged_users():
	team("Field", B, C)
	docs = [recorded_by(C), recorded_by(D, responsible=C), recorded_by(D)]
	rename_doc("User", D, C, force=True, merge=True)
	assert all(sees(C, doc) and sees(B, doc) for doc in docs)


def test_access_follows_renamed_merged_converted_and_restored_activities():
	team("Field", B, C)
	guest = {"full_name": "Ivan Babić", "side": "Theirs"}
	one, other = recorded_by(C), recorded_by(D)
	planned = recorded_by(C, status="Planned", starts_on="2099-01-01 10:00:00", participants=[guest])
	met = recorded_by(C, lambda: converting.convert(frappe.get_doc("Interaction", planned.name), "Meeting"))
	assert see(met, B, D) == [B]
	gone = recorded_by(C)
	frappe.delete_doc("Interaction", gone.name)
	assert ("Interaction", gone.name) not in listed(B)
	deleted = frappe.get_doc("Deleted Document", {"deleted_name": gone.name})
	restore(deleted.name)
	assert sees(B, frappe.get_doc("Interaction", deleted.reload().new_name))
	rename_doc("Interaction", one.name, "INT-OTHER", force=True)
	assert sees(B, frappe.get_doc("Interaction", "INT-OTHER"))
	rename_doc("Interaction", "INT-OTHER", other.name, force=True, merge=True)
	assert sees(D, frappe.get_doc("Interaction", other.name))


def test_a_rebuild_restores_audiences_and_reporting_lines():
	team("Field", B, C)
	team("Sales", A, B)
	docs = [recorded_by(C), recorded_by(D, responsible=B)]
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
	roles = {key for key in memory.recall_keys() if key.startswith("Interaction Visibility Role/")}
	memory.forget_keys(roles)
	doc = recorded_by(A)
	frappe.db.set_value("Interaction", doc.name, "audience", None)
	frappe.clear_document_cache(memory.SETTINGS, memory.SETTINGS)
	install.after_migrate()
	settings = frappe.get_doc(memory.SETTINGS)
	assert settings.visibility == predicate.EVERYBODY
	assert {row.role for row in settings.see_all_roles} == {*SEE_ALL}
	assert frappe.db.get_value("Interaction", doc.name, "audience") == doc.audience


@pytest.mark.parametrize("seed", range(choose(4, 8)))
def test_lists_documents_and_oracle_agree_in_random_teams(seed):
	"""Teams, activities, assignments and shares are created and changed at random."""
	chance = random.Random(seed)  # noqa: S311  repeatable
	shop = partner(f"Shop {seed}")
	docs = []
	for _ in range(6):
		owner, responsible = chance.choice(NAMES), chance.choice(NAMES)
		guests = [participant(name) for name in chance.sample(NAMES, chance.randint(0, 2))]
		docs.append(recorded_by(owner, of=shop, responsible=responsible, participants=guests))
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
	kind = chance.choice([*["team"] * 3, "responsible", "participants", "assign", "share", "unshare"])
	if kind == "team":
		_change_team(chance, teams)
	elif kind == "responsible":
		change_record(doc, responsible=name)
	elif kind == "participants":
		change_record(doc, participants=[participant(name)])
	elif kind == "assign":
		reference = {"reference_type": doc.doctype, "reference_name": doc.name}
		todo = record("ToDo", description="Call", allocated_to=name, **reference)
		if chance.random() < 0.3:
			change_record(todo, status="Closed")
	elif kind == "share":
		frappe.share.add(doc.doctype, doc.name, name)
	else:
		for share in frappe.get_all("DocShare", {"share_name": doc.name}, pluck="name")[:1]:
			frappe.delete_doc("DocShare", share)


def _change_team(chance: random.Random, teams: dict) -> None:
	leader, *members = chance.sample(NAMES, chance.randint(2, 4))
	key = chance.randint(0, 3)
	frappe.db.savepoint("before_team")
	try:
		if key in teams:
			rows, disabled = [{"user": member} for member in members], int(chance.random() < 0.2)
			change_record(teams[key].reload(), leader=leader, disabled=disabled, members=rows)
		else:
			teams[key] = team(f"Team {key}", leader, *members)
	except frappe.ValidationError:
		# the random team would close a loop
		frappe.db.rollback(save_point="before_team")
		frappe.clear_messages()
