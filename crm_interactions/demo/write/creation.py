"""Creation of the demo data."""

from contextlib import contextmanager
from datetime import timedelta

import frappe
from frappe.utils import getdate, now_datetime

from crm_interactions.chains import closing, slowness
from crm_interactions.chains.results import CLAIM, Result
from crm_interactions.demo import people, plan, story
from crm_interactions.demo.write import activities, partners, plans, register, surroundings, users
from crm_interactions.insight import paces
from crm_interactions.parties.partners import party_types

CLOSED_AFTER = timedelta(days=30)


def create(limit: int | None = None) -> str:
	"""Create the demo data in the caller's transaction and return a summary; change nothing if it exists.

	Creates users with a public password, partners, resources, dictionaries and a plan, enables currencies, and creates
	activities as the users, without e-mails; reviews some and closes old chains. New records are tagged, so that
	`demo.remove` finds them. `limit` is the number of partners; all by default.

	Raises: ValidationError if the settings have no partner type that the demo supports.
	"""
	if register.is_there():
		return "The demo data already exists. Remove it first to create it again."
	with quietly():
		planned = plan.make(getdate(), limit)
		names = _create_partners(limit)
		made = [(activity, activities.create(activity, names)) for activity in planned]
		_review(made)
		_close_chains(planned, names)
		frappe.set_user("Administrator")
		plans.create()
		for _activity, doc in made:
			register.add(doc.doctype, doc.name)
		for chain in names.chains.values():
			register.add("Interaction Chain", chain)
		_mark_slow_chains([*names.chains.values()])
		register.close()
	return (
		f"Created {len(made)} activities with {len(names.parties)} partners "
		f"for {len(people.PEOPLE)} users; remove them with crm_interactions.demo.remove."
	)


def _create_partners(limit: int | None) -> activities.Names:
	chosen = story.partners()[:limit]
	names, types = activities.Names(), party_types()
	surroundings.enable_currencies({partner.currency for partner in chosen})
	names.regions = surroundings.create_dictionary(
		surroundings.REGION, list(dict.fromkeys(partner.region for partner in chosen))
	)
	names.sources = surroundings.create_dictionary(surroundings.SOURCE, list(plan.SOURCES))
	kinds = [partners.choose_type(partner.role, types) for partner in chosen]
	users.create(list(dict.fromkeys(kinds)))
	for partner in chosen:
		doctype, party = names.parties[partner.name] = partners.create(partner, types)
		for contact in partner.contacts:
			names.contacts[partner.name, contact.email] = partners.create_contact(contact, doctype, party)
	return names


def _review(made: list[tuple]) -> None:
	"""Mark the planned reviews as the supervisor."""
	frappe.set_user(people.SUPERVISOR.email)
	for activity, doc in made:
		if activity.reviewed:
			doc.reviewed = 1
			doc.save()


def _close_chains(planned: list, names: activities.Names) -> None:
	"""Close chains that ended more than `CLOSED_AFTER` ago, each as the responsible user of its last activity."""
	last = {activity.chain: activity for activity in planned}
	amounts = {activity.chain: activity.amount for activity in planned if activity.amount}
	for chain, activity in last.items():
		ended = activity.ends_on + timedelta(days=3)
		if activity.status != "Planned" and ended < now_datetime() - CLOSED_AFTER:
			frappe.set_user(people.BY_KEY[activity.responsible].email)
			closing.close(
				names.chains[chain],
				activity.outcome or activity.title,
				closed_on=ended,
				ended=_result_of(activity, amounts.get(chain)),
			)


def _mark_slow_chains(chains: list[str]) -> None:
	"""Judge the demo's chains as the nightly job does, in the caller's transaction."""
	paces.store(paces.compute(now_datetime()))
	slowness.refresh(*chains)


def _result_of(activity, amount: float | None) -> Result | None:
	"""Return the result of the chain that an activity ends, with the last amount of a deal in the partner's currency."""
	if not activity.result or activity.result in CLAIM or not amount:
		return Result(activity.result)
	return Result(activity.result, amount, activity.partner.currency)


@contextmanager
def quietly():
	"""Work as Administrator with muted e-mails; restore user and e-mail setting afterwards."""
	user, muted = frappe.session.user, frappe.flags.mute_emails
	frappe.set_user("Administrator")
	frappe.flags.mute_emails = True
	try:
		yield
	finally:
		frappe.set_user(user)
		frappe.flags.mute_emails = muted
