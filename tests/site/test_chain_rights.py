"""Journal, chains, panel and counts show each user readable activities only (R26)."""

import frappe
import pytest

from crm_interactions.api import chain as api
from crm_interactions.chains import joining, undoing
from crm_interactions.journal import registry
from crm_interactions.visibility import journal_rows, list_conditions, table_sizes
from tests.site.chain_checks import chain_of, row_of
from tests.site.factories import contact, interaction, log_in, partner, partner_of, record, recorder, user
from tests.site.half_chain import RECORDER, key, refused


@pytest.fixture(autouse=True, params=["few", "page of many", "all of many"])
def asked(request, monkeypatch):
	"""Run each test with each form of the query, which depends on the number of documents."""
	monkeypatch.setattr(table_sizes, "are_many", lambda *asked: request.param != "few")
	monkeypatch.setattr(table_sizes, "is_whole", lambda: request.param == "all of many")
	yield
	registry.clear_cache()


@pytest.fixture
def first(shop):
	"""Return an interaction that the recorder may read, in one chain with the administrator's private task."""
	first = interaction(shop, contact=contact(shop).name, starts_on="2026-03-01 10:00:00")
	todo = record("ToDo", description="Secret", reference_type=shop.doctype, reference_name=shop.name)
	joining.join(key(todo), key(first))
	recorder(RECORDER)
	return first


def merged_chain(first) -> str:
	"""Return the name of a chain that was merged into the chain of an interaction."""
	other = interaction(partner_of(first), starts_on="2026-04-01 10:00:00")
	joining.join(key(other), key(first))
	return other.chain


def test_journal_rows_need_read_permission_on_their_document(first, as_user):
	as_user(RECORDER)
	assert frappe.get_list("Activity Link", {"chain": first.chain}, pluck="activity") == [first.name]
	assert frappe.has_permission("Activity Link", "read", doc=row_of(first).name)
	assert not frappe.has_permission("Activity Link", "read", doc=row_of(frappe.get_last_doc("ToDo")).name)


def test_page_and_counts_agree_with_the_list(first, as_user):
	assert api.page(chain=first.chain)["total"] == 2
	as_user(RECORDER)
	page = api.page(chain=first.chain)
	assert [row["activity"] for row in page["rows"]] == [first.name]
	assert [(count["doctype"], count["count"]) for count in page["counts"]] == [("Interaction", 1)]
	assert api.counts([first.name]) == {first.name: {"Interaction": 1}}
	assert api.members(first.chain, "ToDo") == []


def test_the_page_of_a_partner_needs_read_permission_on_the_partner(shop):
	log_in("stranger@example.com")
	with pytest.raises(frappe.PermissionError):
		api.page(party_type=shop.doctype, party=shop.name)


@pytest.mark.parametrize("length", [1, 30])
def test_the_number_of_queries_does_not_grow_with_the_chain(first, as_user, monkeypatch, length):
	"""A page takes at most 6 queries, and counts 1; before that, shares take 1 for types that the user may not read.

	Frappe 16 asks for shared Events once more, in its own condition for them.
	"""
	for _number in range(length):
		interaction(chain=first.chain)
	as_user(RECORDER)
	api.page(activity_type="Interaction", activity=first.name)  # metadata is in the cache from now on
	sent, send = [], frappe.db.sql
	monkeypatch.setattr(frappe.db, "sql", lambda *args, **given: sent.append(args[0]) or send(*args, **given))
	api.page(activity_type="Interaction", activity=first.name)
	shares = [query for query in sent if "tabDocShare" in str(query)[:100]]
	assert len(sent) - len(shares) <= 5 and len(shares) <= 2
	sent.clear()
	api.counts([first.name])
	shares = [query for query in sent if "tabDocShare" in str(query)[:100]]
	assert len(sent) - len(shares) == 1 and len(shares) <= 2


def test_a_user_sees_their_own_task_in_a_chain(first, as_user):
	as_user(RECORDER)
	own = record("ToDo", description="Mine", allocated_to=RECORDER)
	as_user("Administrator")
	joining.join(key(own), key(first))
	as_user(RECORDER)
	assert {row["activity"] for row in api.page(chain=first.chain)["rows"]} == {first.name, own.name}


def test_a_chain_without_readable_activities_is_hidden():
	todo = record("ToDo", description="Secret")
	chain = chain_of(todo)
	log_in(RECORDER, "Interaction User")
	assert not frappe.get_list("Interaction Chain", {"name": chain})
	refused(api.page, chain)
	refused(api.page, None, *key(todo))
	refused(api.members, chain, "ToDo")


def test_activities_hidden_by_a_user_permission_are_not_listed_counted_paged_or_linked(first, as_user):
	shop = partner_of(first)
	theirs = interaction(shop, interaction_type="E-mail", contact=contact(shop, "Secret").name)
	record("User Permission", user=RECORDER, allow="Interaction Type", for_value=first.interaction_type)
	as_user(RECORDER)
	assert first.name in frappe.get_list("Activity Link", pluck="activity")
	assert theirs.name not in frappe.get_list("Activity Link", pluck="activity")
	assert theirs.chain not in frappe.get_list("Interaction Chain", pluck="name")
	assert api.counts([theirs.name]) == {}
	joined = joining.join(key(theirs), key(first))
	assert joined["joined"] == 1
	assert {row["participant"] for row in api.participants(first.chain)} == {first.contact}
	undoing.undo_entry(joined["log"])
	of_party = api.page(party_type=theirs.party_type, party=theirs.party)
	assert theirs.name not in {row["activity"] for row in of_party["rows"]}
	refused(api.page, theirs.chain)
	refused(api.link, *key(first), *key(theirs), 1)
	refused(api.close, theirs.chain)


def test_a_user_permission_alone_gives_no_access_to_a_document_type(as_user, settings):
	"""Without role permission, Frappe's query condition for a user permission is empty."""
	user(RECORDER, "Interaction User")
	settings(sources=[{"document_type": "Role", "title_field": "role_name"}])
	secret, other = (record("Role", role_name=name).name for name in ("Secret", "Other"))
	record("User Permission", user=RECORDER, allow="Role", for_value=other)
	as_user(RECORDER)
	assert {secret, other}.isdisjoint(frappe.get_list("Activity Link", pluck="activity"))
	as_user("Administrator")
	frappe.share.add("Role", secret, RECORDER)
	as_user(RECORDER)
	seen = frappe.get_list("Activity Link", pluck="activity")
	assert secret in seen and other not in seen


def test_the_page_of_a_partner_without_activities_is_empty():
	shop = partner("Nobody Called Yet")
	page = api.page(party_type=shop.doctype, party=shop.name)
	assert (page["rows"], page["counts"], page["total"], page["more"]) == ([], [], 0, False)


def test_no_role_may_write_the_journal():
	first = interaction()
	for role in ("Interaction User", "Interaction Manager", "Interaction Administrator", "System Manager"):
		name = user(f"{role.split()[1].lower()}@example.com", role).name
		for right in ("write", "create", "delete"):
			assert not frappe.has_permission("Activity Link", right, user=name)
	assert chain_of(first) == first.chain


def test_a_merged_chain_is_listed_if_its_target_is_readable(first, as_user):
	gone = merged_chain(first)
	theirs = chain_of(record("ToDo", description="Secret"))
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


def test_user_permissions_apply_to_chains_and_journal_rows_too(first, as_user):
	chains = {first.chain, merged_chain(first)}
	record("User Permission", user=RECORDER, allow="User", for_value=RECORDER)
	frappe.db.set_value("Interaction Chain", {"name": ("in", [*chains])}, "responsible", "Administrator")
	frappe.db.set_value("Activity Link", {"chain": first.chain}, "responsible", "Administrator")
	as_user(RECORDER)
	assert chains.isdisjoint(frappe.get_list("Interaction Chain", pluck="name", limit_page_length=0))
	assert not frappe.get_list("Activity Link", {"chain": first.chain})
