"""The journal shows each user what he may read; chains, panel and counts follow (design.md, Visibility)."""

import frappe
import pytest
from factories import contact, interaction, partner, user

from crm_interactions.api import chain as api
from crm_interactions.chains import joining, undoing
from crm_interactions.journal import registry
from crm_interactions.visibility import journal_rows, list_conditions, table_sizes

RECORDER = "recorder@example.com"


@pytest.fixture(autouse=True)
def forgotten():
	yield
	registry.clear_cache()


@pytest.fixture(autouse=True, params=["few", "page of many", "all of many"])
def asked(request, monkeypatch):
	"""Everything here holds whichever way the database is asked."""
	monkeypatch.setattr(table_sizes, "are_many", lambda *asked: request.param != "few")
	monkeypatch.setattr(table_sizes, "is_whole", lambda: request.param == "all of many")


@pytest.fixture
def mixed():
	"""A chain of an interaction that a recorder may read and a private note of the administrator's."""
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
	# who may read partners of another app is that app's matter
	user(RECORDER, "Interaction User", *frappe.get_all("Role", {"name": "Sales User"}, pluck="name"))
	return first, todo


def test_rows_are_those_whose_document_may_be_read(mixed, as_user):
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
def test_queries_do_not_grow_with_the_chain(mixed, as_user, monkeypatch, length):
	"""design.md: a page takes at most 6, counts 1, and one more for what was shared with a user of few rights."""
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


def test_own_todo_is_seen(mixed, as_user):
	first, _todo = mixed
	as_user(RECORDER)
	own = frappe.get_doc({"doctype": "ToDo", "description": "Mine", "allocated_to": RECORDER}).insert()
	as_user("Administrator")
	joining.join(("ToDo", own.name), ("Interaction", first.name))
	as_user(RECORDER)
	assert {row["activity"] for row in api.page(chain=first.chain)["rows"]} == {first.name, own.name}


def test_chain_of_nothing_readable_is_not_there(as_user):
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


def test_rights_to_half_of_the_data(mixed, as_user):
	"""What a user permission keeps from a user isn't listed, counted, paged or linked either."""
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


def test_user_permission_is_no_right_on_the_type(as_user, settings):
	"""The platform's condition for a type without a right, but with a user permission on it, is empty."""
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


def test_partner_without_activities():
	shop = partner("Nobody Called Yet")
	page = api.page(party_type=shop.doctype, party=shop.name)
	assert (page["rows"], page["counts"], page["total"], page["more"]) == ([], [], 0, False)


def test_nobody_writes_the_journal():
	first = interaction()
	row = frappe.get_doc("Activity Link", {"activity": first.name})
	for role in ("Interaction User", "Interaction Manager", "Interaction Administrator", "System Manager"):
		user(f"{role.split()[1].lower()}@example.com", role)
		for right in ("write", "create", "delete"):
			assert not frappe.has_permission(
				"Activity Link", right, user=f"{role.split()[1].lower()}@example.com"
			)
	assert row.chain == first.chain


def test_chain_that_was_merged_is_listed_with_where_it_went(mixed, as_user):
	first, _todo = mixed
	other = interaction(frappe.get_doc(first.party_type, first.party), starts_on="2026-04-01 10:00:00")
	gone = other.chain
	joining.join(("Interaction", other.name), ("Interaction", first.name))
	hidden = frappe.get_doc({"doctype": "ToDo", "description": "Secret"}).insert()
	theirs = frappe.db.get_value("Activity Link", {"activity": hidden.name}, "chain")
	assert frappe.db.get_value("Interaction Chain", gone, "merged_into") == first.chain
	as_user(RECORDER)
	list_conditions = frappe.get_list("Interaction Chain", pluck="name", limit_page_length=0)
	assert {first.chain, gone} <= {*list_conditions} and theirs not in list_conditions
	assert len(list_conditions) == len({*list_conditions})


def test_it_depends_on_how_many_there_are(monkeypatch, settings):
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
	assert gathered() == [True] * 3  # it is looked at again after an hour
	frappe.cache.delete_keys(table_sizes.KEY)
	assert gathered() == [False] * 3


def test_user_permissions_hold_beside_it(mixed, as_user):
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
