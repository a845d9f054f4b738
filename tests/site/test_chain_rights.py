"""Journal, chains, panel and counts show each user readable activities only (R26)."""

import frappe
import pytest

from crm_interactions.api import chain as api
from crm_interactions.chains import joining, undoing
from crm_interactions.journal import registry
from crm_interactions.visibility import journal_rows, list_conditions, table_sizes
from tests.site.factories import contact, interaction, partner, user

RECORDER = "recorder@example.com"


@pytest.fixture(autouse=True)
def cleared_registry():
	yield
	registry.clear_cache()


@pytest.fixture(autouse=True, params=["few", "page of many", "all of many"])
def asked(request, monkeypatch):
	"""Run each test with each form of the query, which depends on the number of documents."""
	monkeypatch.setattr(table_sizes, "are_many", lambda *asked: request.param != "few")
	monkeypatch.setattr(table_sizes, "is_whole", lambda: request.param == "all of many")


@pytest.fixture
def mixed():
	"""Return an interaction that the recorder may read and the administrator's private task, in one chain."""
	shop = partner()
	first = interaction(shop, contact=contact(shop).name, starts_on="2026-03-01 10:00:00")
	todo = frappe.get_doc(
		{
			"doctype": "ToDo",
			"description": "Secret",
			"reference_type": shop.doctype,
			"reference_name": shop.name,
		}
	).insert()
	joining.join(("ToDo", todo.name), ("Interaction", first.name))
	# reading partners of another app needs a role of that app
	user(RECORDER, "Interaction User", *frappe.get_all("Role", {"name": "Sales User"}, pluck="name"))
	return first, todo


def test_journal_rows_need_read_permission_on_their_document(mixed, as_user):
	first, todo = mixed
	as_user(RECORDER)
	assert frappe.get_list("Activity Link", {"chain": first.chain}, pluck="activity") == [first.name]
	seen, secret = (
		frappe.get_doc("Activity Link", {"activity_type": doctype, "activity": name})
		for doctype, name in (("Interaction", first.name), ("ToDo", todo.name))
	)
	assert frappe.has_permission("Activity Link", "read", doc=seen)
	assert not frappe.has_permission("Activity Link", "read", doc=secret)


def test_page_and_counts_agree_with_the_list(mixed, as_user):
	first, _todo = mixed
	assert api.page(chain=first.chain)["total"] == 2
	as_user(RECORDER)
	page = api.page(chain=first.chain)
	assert [row["activity"] for row in page["rows"]] == [first.name]
	assert [(count["doctype"], count["count"]) for count in page["counts"]] == [("Interaction", 1)]
	assert api.counts([first.name]) == {first.name: {"Interaction": 1}}
	assert api.members(first.chain, "ToDo") == []


@pytest.mark.parametrize("length", [1, 30])
def test_the_number_of_queries_does_not_grow_with_the_chain(mixed, as_user, monkeypatch, length):
	"""A page takes at most 6 queries, counts 1, and shares with a user of few permissions 1 more."""
	first, _todo = mixed
	for _number in range(length):
		interaction(chain=first.chain)
	as_user(RECORDER)
	api.page(activity_type="Interaction", activity=first.name)  # metadata is in the cache from now on
	sent, send = [], frappe.db.sql
	monkeypatch.setattr(
		frappe.db, "sql", lambda *args, **kwargs: sent.append(args[0]) or send(*args, **kwargs)
	)
	api.page(activity_type="Interaction", activity=first.name)
	assert len(sent) <= 6
	sent.clear()
	api.counts([first.name])
	assert len(sent) <= 2


def test_a_user_sees_their_own_task_in_a_chain(mixed, as_user):
	first, _todo = mixed
	as_user(RECORDER)
	own = frappe.get_doc({"doctype": "ToDo", "description": "Mine", "allocated_to": RECORDER}).insert()
	as_user("Administrator")
	joining.join(("ToDo", own.name), ("Interaction", first.name))
	as_user(RECORDER)
	assert {row["activity"] for row in api.page(chain=first.chain)["rows"]} == {first.name, own.name}


def test_a_chain_without_readable_activities_is_hidden(as_user):
	todo = frappe.get_doc({"doctype": "ToDo", "description": "Secret"}).insert()
	chain = frappe.db.get_value("Activity Link", {"activity": todo.name}, "chain")
	user(RECORDER, "Interaction User")
	as_user(RECORDER)
	assert not frappe.get_list("Interaction Chain", {"name": chain})
	with pytest.raises(frappe.PermissionError):
		api.page(chain=chain)
	with pytest.raises(frappe.PermissionError):
		api.page(activity_type="ToDo", activity=todo.name)
	with pytest.raises(frappe.PermissionError):
		api.members(chain, "ToDo")


def test_activities_hidden_by_a_user_permission_are_not_listed_counted_paged_or_linked(mixed, as_user):
	first, _todo = mixed
	shop = frappe.get_doc(first.party_type, first.party)
	theirs = interaction(shop, interaction_type="E-mail", contact=contact(shop, "Secret").name)
	frappe.get_doc(
		{
			"doctype": "User Permission",
			"user": RECORDER,
			"allow": "Interaction Type",
			"for_value": first.interaction_type,
		}
	).insert()
	as_user(RECORDER)
	assert first.name in frappe.get_list("Activity Link", pluck="activity")
	assert theirs.name not in frappe.get_list("Activity Link", pluck="activity")
	assert theirs.chain not in frappe.get_list("Interaction Chain", pluck="name")
	assert api.counts([theirs.name]) == {}
	joined = joining.join(("Interaction", theirs.name), ("Interaction", first.name))
	assert joined["joined"] == 1
	assert {row["participant"] for row in api.participants(first.chain)} == {first.contact}
	undoing.undo_entry(joined["log"])
	of_party = api.page(party_type=theirs.party_type, party=theirs.party)
	assert theirs.name not in {row["activity"] for row in of_party["rows"]}
	for refused in (
		lambda: api.page(chain=theirs.chain),
		lambda: api.link("Interaction", first.name, "Interaction", theirs.name, across_partners=1),
		lambda: api.close(theirs.chain),
	):
		with pytest.raises(frappe.PermissionError):
			refused()


def test_a_user_permission_alone_gives_no_access_to_a_document_type(as_user, settings):
	"""Without role permission, Frappe's query condition for a user permission is empty."""
	user(RECORDER, "Interaction User")
	settings(sources=[{"document_type": "Role", "title_field": "role_name"}])
	secret, other = (
		frappe.get_doc({"doctype": "Role", "role_name": name}).insert().name for name in ("Secret", "Other")
	)
	allowed = {"doctype": "User Permission", "user": RECORDER, "allow": "Role", "for_value": other}
	frappe.get_doc(allowed).insert()
	as_user(RECORDER)
	assert {secret, other}.isdisjoint(frappe.get_list("Activity Link", pluck="activity"))
	as_user("Administrator")
	frappe.share.add("Role", secret, RECORDER)
	as_user(RECORDER)
	seen = frappe.get_list("Activity Link", pluck="activity")
	assert secret in seen
	assert other not in seen


def test_the_page_of_a_partner_without_activities_is_empty():
	shop = partner("Nobody Called Yet")
	page = api.page(party_type=shop.doctype, party=shop.name)
	assert (page["rows"], page["counts"], page["total"], page["more"]) == ([], [], 0, False)


def test_no_role_may_write_the_journal():
	first = interaction()
	row = frappe.get_doc("Activity Link", {"activity": first.name})
	for role in ("Interaction User", "Interaction Manager", "Interaction Administrator", "System Manager"):
		user(f"{role.split()[1].lower()}@example.com", role)
		for right in ("write", "create", "delete"):
			assert not frappe.has_permission(
				"Activity Link", right, user=f"{role.split()[1].lower()}@example.com"
			)
	assert row.chain == first.chain


def test_a_merged_chain_is_listed_if_its_target_is_readable(mixed, as_user):
	first, _todo = mixed
	other = interaction(frappe.get_doc(first.party_type, first.party), starts_on="2026-04-01 10:00:00")
	gone = other.chain
	joining.join(("Interaction", other.name), ("Interaction", first.name))
	hidden = frappe.get_doc({"doctype": "ToDo", "description": "Secret"}).insert()
	theirs = frappe.db.get_value("Activity Link", {"activity": hidden.name}, "chain")
	assert frappe.db.get_value("Interaction Chain", gone, "merged_into") == first.chain
	as_user(RECORDER)
	listed = frappe.get_list("Interaction Chain", pluck="name", limit_page_length=0)
	assert {first.chain, gone} <= {*listed} and theirs not in listed
	assert len(listed) == len({*listed})


def test_the_form_of_the_query_depends_on_the_number_of_readable_documents(monkeypatch, settings):
	monkeypatch.undo()
	monkeypatch.setattr(table_sizes, "MANY", 2)
	settings(visibility="Own and Team")
	user(RECORDER, "Interaction User")

	def gathered() -> list[bool]:
		return [
			"`activity` in (select `tabInteraction`.`name`" in journal_rows.rows_text(RECORDER),
			"`name` in (select" in list_conditions.rows_text(RECORDER),
			"`name` in (select" in list_conditions.chains_text(RECORDER),
		]

	interaction(responsible=RECORDER)
	assert gathered() == [True] * 3
	interaction(responsible=RECORDER)
	assert gathered() == [True] * 3  # the size is cached for an hour
	frappe.cache.delete_keys(table_sizes.KEY)
	assert gathered() == [False] * 3


def test_user_permissions_apply_to_chains_and_journal_rows_too(mixed, as_user):
	first, _todo = mixed
	other = interaction(frappe.get_doc(first.party_type, first.party), starts_on="2026-04-01 10:00:00")
	gone = other.chain
	joining.join(("Interaction", other.name), ("Interaction", first.name))
	permission = {"doctype": "User Permission", "user": RECORDER, "allow": "User", "for_value": RECORDER}
	frappe.get_doc(permission).insert()
	frappe.db.set_value(
		"Interaction Chain", {"name": ("in", (first.chain, gone))}, "responsible", "Administrator"
	)
	frappe.db.set_value("Activity Link", {"chain": first.chain}, "responsible", "Administrator")
	as_user(RECORDER)
	assert not {first.chain, gone} & {
		*frappe.get_list("Interaction Chain", pluck="name", limit_page_length=0)
	}
	assert not frappe.get_list("Activity Link", {"chain": first.chain})
