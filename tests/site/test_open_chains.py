"""The open chains of a partner, which a new activity can join (R19)."""

import frappe
import pytest

from crm_interactions.api import chain as api
from crm_interactions.chains import closing, joining
from tests.site.factories import interaction, log_in, meeting, partner, record, recorder


def offered(shop) -> list[str]:
	return [chain["name"] for chain in api.list_open(shop.doctype, shop.name)]


def test_open_chains_of_the_partner_are_offered_newest_first(shop):
	old = interaction(shop, starts_on="2026-01-10 10:00:00")
	new = meeting(shop, starts_on="2026-03-10 10:00:00")
	interaction(partner("Another One"), starts_on="2026-02-10 10:00:00")
	closed = interaction(shop, starts_on="2026-02-10 10:00:00")
	closing.close(closed.chain)
	merged = interaction(shop, starts_on="2026-04-10 10:00:00")
	joining.join(("Interaction", old.name), ("Interaction", merged.name))
	assert offered(shop) == [new.chain, old.chain]


def test_the_next_step_and_the_title_are_told(shop):
	planned = interaction(shop, title="Delivery", status="Planned", starts_on="2026-03-10 10:00:00")
	(chain,) = api.list_open(shop.doctype, shop.name)
	assert (chain["name"], chain["title"]) == (planned.chain, "Delivery")
	assert chain["next_step_on"] == planned.starts_on


def test_a_new_activity_joins_an_offered_chain(shop):
	first = interaction(shop)
	assert interaction(shop, chain=offered(shop)[0]).chain == first.chain


def test_only_chains_that_the_user_may_enter_are_offered(shop, as_user):
	call = interaction(shop)
	interaction(shop, interaction_type="E-mail")
	recorder("recorder@example.com")
	record(
		"User Permission",
		user="recorder@example.com",
		allow="Interaction Type",
		for_value=call.interaction_type,
	)
	as_user("recorder@example.com")
	assert offered(shop) == [call.chain]


def test_a_stranger_may_not_ask(shop):
	interaction(shop)
	log_in("stranger@example.com")
	with pytest.raises(frappe.PermissionError):
		offered(shop)
