"""Installation: the hooks resolve, the workspace works, and the role gives access to contacts."""

import json

import frappe
import pytest
from frappe.desk.desktop import get_desktop_page, get_workspace_sidebar_items, update_onboarding_step
from frappe.desk.doctype.number_card.number_card import get_result
from frappe.permissions import update_permission_property
from frappe.utils import add_to_date, get_quarter_start, now_datetime, to_timedelta

from crm_interactions import install
from crm_interactions.api import cards
from crm_interactions.chains import closing
from crm_interactions.chains.results import Result
from crm_interactions.patches import mend_settings
from crm_interactions.setup import new_settings, role_permissions
from tests.site.factories import change_record, contact, interaction, log_in, meeting, partner, user

pytestmark = pytest.mark.records_only
APP = "crm_interactions"
SETTINGS = "CRM Interactions Settings"
GRANTS = role_permissions.GRANTS
CARDS = {
	*("Interactions Due Today", "Late Interactions", "Interactions Done This Week", "Interactions to Review"),
	"Chains Without Next Step",
}
INSIGHT = {
	*("Interactions Done This Week", "Late Activities of All Users", "Open Interaction Chains"),
	*(
		"Chains at Our Turn",
		"Slow Chains",
		"Chains Without Next Step",
		"Chains Won This Quarter",
		"Chains Lost This Quarter",
	),
}
USER = "workspace@example.com"
SETUP, REVIEW = "Interaction Setup", "Interactions to Review"


def paths(value) -> set[str]:
	"""Return every dotted path of this app inside a hook."""
	if isinstance(value, dict | list | tuple):
		return set().union(*map(paths, value.values() if isinstance(value, dict) else value))
	is_path = isinstance(value, str) and value.startswith(f"{APP}.") and "bundle" not in value
	return {value} if is_path else set()


def test_every_hook_resolves():
	found = paths(frappe.get_hooks(app_name=APP))
	assert f"{APP}.install.after_migrate" in found
	for path in found:
		assert callable(frappe.get_attr(path)), path


@pytest.mark.changes_metadata
def test_installing_again_changes_nothing():
	install.after_install()
	before = frappe.get_all("Custom DocPerm", {"parent": ("in", [*GRANTS])}, pluck="name")
	install.after_install()
	assert frappe.get_all("Custom DocPerm", {"parent": ("in", [*GRANTS])}, pluck="name") == before


def test_an_older_site_gets_the_defaults_of_new_settings():
	"""Even if the same update creates predefined records, which saves the settings."""
	new = [df.fieldname for df in frappe.get_meta(SETTINGS).fields if df.default is not None]
	frappe.db.delete("Singles", {"doctype": SETTINGS, "field": ("in", [*new, "seeded"])})
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	install.after_migrate()
	doc = frappe.get_doc(SETTINGS)
	defaults = {field: str(doc.meta.get_field(field).default) for field in new}
	assert {field: str(doc.get(field)) for field in new} == defaults


def test_an_update_keeps_the_settings_of_an_administrator(settings):
	kept = {"send_digest": 0, "digest_hour": 9, "remind_before": 0}
	settings(**kept)
	frappe.db.delete("Singles", {"doctype": SETTINGS, "field": "monday"})
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	new_settings.fill_defaults()
	doc = frappe.get_doc(SETTINGS)
	assert {field: doc.get(field) for field in kept} == kept
	assert doc.monday == 1


def test_settings_stored_as_true_are_turned_on():
	frappe.db.set_single_value(SETTINGS, "monday", 0)
	table = frappe.qb.DocType("Singles")
	is_monday = (table.doctype == SETTINGS) & (table["field"] == "monday")
	frappe.qb.update(table).set(table.value, "true").where(is_monday).run()
	mend_settings.execute()
	assert frappe.get_doc(SETTINGS).monday == 1


def page(name: str = "Interactions") -> dict:
	return get_desktop_page(json.dumps({"name": name, "title": name, "public": 1}))


@pytest.mark.parametrize(
	("stored", "expected"),
	[
		(("06:14:48.208995", "06:14:48.209077"), (9, 17)),
		((None, None), (9, 17)),
		(("22:00:00", "06:00:00"), (22, 6)),
	],
)
def test_a_new_site_has_default_working_hours(stored, expected):
	"""Frappe 15 fills Time fields of a new document with the current time; chosen hours stay."""
	frappe.db.set_single_value(SETTINGS, dict(zip(new_settings.WORKDAY, stored, strict=True)))
	new_settings.set_workday()
	hours = (to_timedelta(str(frappe.get_doc(SETTINGS).get(field))) for field in new_settings.WORKDAY)
	assert tuple(time.total_seconds() / 3600 for time in hours) == expected


def labels_of(shown: dict, part: str) -> set[str]:
	return {row.label for row in shown[part]["items"]}


def test_the_workspace_shows_lists_and_cards_to_a_user():
	log_in(USER, "Interaction User")
	shown = page()
	assert labels_of(shown, "shortcuts") >= {"Log Interaction", "My Activities", "Late", "Meetings"}
	assert labels_of(shown, "shortcuts") >= {"Calendar", "Board"}
	assert labels_of(shown, "quick_lists") == {"My Planned Interactions", "Latest Interactions"}
	assert {row.number_card_name for row in shown["number_cards"]["items"]} == CARDS - {REVIEW}
	cards = {card.label: [link.link_to for link in card.links] for card in shown["cards"]["items"]}
	assert cards["Activities"] == [
		*("Activity Link", "Interaction", "Meeting", "Product Record", "Interaction Chain", "Captured Item")
	]
	# after the page of the day, the one list over everything comes first (R1)
	day, first, mine = shown["shortcuts"]["items"][:3]
	assert (day.label, day.type, day.link_to) == ("My Day", "Page", "my-day")
	assert (first.label, mine.label) == ("Journal", "My Activities")
	assert first.link_to == mine.link_to == "Activity Link"


def test_review_and_dictionaries_are_on_the_workspace_of_managers():
	log_in("managing@example.com", "Interaction Manager")
	shown = page(SETUP)
	cards = {card.label: [link.link_to for link in card.links] for card in shown["cards"]["items"]}
	assert "Interaction Type" in cards["Dictionaries"]
	assert "CRM Interactions Settings" in cards["Setup"]
	assert cards["Oversight"][:2] == ["Team Activities", "Interaction Hand Over"]
	assert {row.number_card_name for row in shown["number_cards"]["items"]} == {REVIEW}


def test_users_who_record_see_only_their_own_work():
	log_in(USER, "Interaction User")
	listed = {row["name"] for row in get_workspace_sidebar_items()["pages"]}
	assert {"Interactions", "Insight"} <= listed
	assert SETUP not in listed
	shown = page()
	assert not labels_of(shown, "cards") & {"Dictionaries", "Setup", "Oversight"}
	assert "To Review" not in labels_of(shown, "shortcuts")


def test_the_first_steps_are_shown_until_they_are_done():
	frappe.db.set_single_value("System Settings", "enable_onboarding", 1)
	frappe.clear_document_cache("System Settings", "System Settings")
	frappe.local.system_settings = None
	log_in(USER, "Interaction User")
	[onboarding] = page()["onboardings"]["items"]
	steps = [step["name"] for step in onboarding["items"]]
	assert steps == ["Log Your First Call", "Complete an Interaction", "See Your Day"]
	tour = frappe.get_doc("Form Tour", onboarding["items"][1]["form_tour"])
	fields = {df.fieldname for df in frappe.get_meta(tour.reference_doctype).fields}
	assert {step.fieldname for step in tour.steps} <= fields
	for step in steps:
		update_onboarding_step(step, "is_complete", 1)
	assert not page()["onboardings"]["items"]


def test_the_first_steps_are_not_for_strangers():
	log_in("stranger@example.com", "Report Manager")
	roles = {row.role for row in frappe.get_doc("Module Onboarding", "CRM Interactions").allow_roles}
	assert not roles & {*frappe.get_roles()}


def test_the_workspace_insight_shows_cards_charts_and_reports_to_a_user():
	log_in(USER, "Interaction User")
	shown = page("Insight")
	assert {row.number_card_name for row in shown["number_cards"]["items"]} == INSIGHT
	assert {row.chart_name for row in shown["charts"]["items"]} == {
		*("Activities by Week", "Chains Won and Lost by Week", "Win Rate by Quarter"),
	}
	assert {row.link_to for row in shown["shortcuts"]["items"]} >= {"Activity Hours", "Winning by Group"}
	linked = {link.link_to for card in shown["cards"]["items"] for link in card.links}
	reports = {*frappe.get_all("Report", {"module": "CRM Interactions"}, pluck="name")}
	assert linked == reports


@pytest.mark.parametrize("name", ["Interactions", "Insight", "Interaction Setup"])
def test_the_workspaces_are_closed_to_strangers(name):
	log_in("stranger@example.com", "Report Manager")
	with pytest.raises(frappe.PermissionError):
		page(name)


def test_pages_outside_the_sidebars_show_the_one_of_interactions():
	"""Frappe 16 shows them with the first sidebar of their module."""
	if not frappe.db.table_exists("Workspace Sidebar"):
		pytest.skip("needs Frappe 16")
	from frappe.boot import get_sidebar_items

	labels = [one["label"] for one in get_sidebar_items().values() if one["module"] == "CRM Interactions"]
	assert labels == ["Interactions", "Insight", "Interaction Setup"]


def count(card_name: str) -> float:
	"""Return the number of a card as the Desk requests it."""
	card = frappe.get_doc("Number Card", card_name)
	assert not json.loads(card.dynamic_filters_json)
	if card.type == "Custom":
		return frappe.get_attr(card.method)(filters=card.filters_json)["value"]
	return get_result(card.as_json(), card.filters_json)


# today without a time of day
TODAY = {"hour": 0, "minute": 0, "second": 0, "microsecond": 0}


@pytest.mark.parametrize(
	"card, counted, not_counted",
	[
		("Interactions Due Today", {"status": "Planned", "time": TODAY}, {"status": "Planned", "days": -1}),
		("Late Interactions", {"status": "Planned", "days": -1}, {"status": "Planned", "days": 1}),
		("Interactions Done This Week", {"status": "Held"}, {"status": "Held", "days": -8}),
		("Interactions to Review", {"status": "Held"}, {"status": "Held", "reviewed": 1}),
		(
			"Late Activities of All Users",
			{"status": "Planned", "days": -1, "responsible": USER},
			{"status": "Planned", "days": 1},
		),
	],
)
def test_each_card_counts_matching_interactions_and_meetings_only(card, counted, not_counted):
	user(USER, "Interaction User")
	before = count(card)
	of = partner()
	for fields in ({"days": 0, "time": {}, **counted}, {"days": 0, "time": {}, **not_counted}):
		start = add_to_date(now_datetime(), days=fields.pop("days")).replace(**fields.pop("time"))
		for make in (interaction, meeting):
			make(of, starts_on=start, **fields)
	assert count(card) == before + 2


def test_the_card_of_late_activities_opens_as_many():
	user(USER, "Interaction User")
	for responsible in (USER, "Administrator"):
		interaction(starts_on=add_to_date(now_datetime(), days=-2), status="Planned", responsible=responsible)
	answer = cards.count_late_of_all()
	filters = [
		[field, *json.loads(condition)]
		for field, conditions in answer["route_options"].items()
		for condition in conditions
	]
	assert answer["value"] == len(frappe.get_list("Activity Link", filters=filters, limit=0)) >= 2


def test_a_card_counts_chains_without_a_next_step():
	before = count("Chains Without Next Step")
	of = partner()
	interaction(of), interaction(of, plan_next=1, next_in=2, next_unit="Days")
	closing.close(interaction(of).chain, "No interest")
	assert count("Chains Without Next Step") == before + 1


@pytest.mark.parametrize("result", ["Won", "Lost"])
def test_a_card_counts_chains_with_a_result_of_this_quarter(result):
	name = f"Chains {result} This Quarter"
	before = count(name)
	this, former, other = interaction(), interaction(), interaction()
	quarter = get_quarter_start(now_datetime())
	for call, moment in ((this, f"{quarter} 00:00:00"), (former, add_to_date(quarter, days=-1))):
		closing.close(call.chain, closed_on=moment, ended=Result(result))
	closing.close(other.chain, ended=Result("No Decision"))
	assert count(name) == before + 1


def test_cards_count_open_chains_those_at_our_turn_and_slow_ones():
	names = ("Open Interaction Chains", "Chains at Our Turn", "Slow Chains")
	before = [count(name) for name in names]
	interaction(direction="Incoming"), interaction(direction="Outgoing")
	closing.close(interaction(direction="Incoming").chain)
	assert [count(name) for name in names] == [before[0] + 2, before[1] + 1, before[2] + 2]


def test_the_role_may_read_change_and_add_contacts():
	of_another = contact(None, "Ivo")
	log_in(USER, "Interaction User")
	assert of_another.name in frappe.get_list("Contact", pluck="name")
	change_record(of_another.reload(), last_name="Novak")
	assert contact(None, "Vera").owner == USER
	assert not frappe.has_permission("Contact", "delete", doc=of_another.name)


@pytest.mark.changes_metadata
def test_revoking_restores_the_standard_permissions():
	of_another = contact(None, "Ivo")
	role_permissions.revoke_all()
	assert not frappe.db.exists("Custom DocPerm", {"parent": ("in", [*GRANTS])})
	log_in(USER, "Interaction User")
	assert not frappe.has_permission("Contact", "read", doc=of_another.name)


@pytest.mark.changes_metadata
@pytest.mark.parametrize("doctype", GRANTS)
def test_revoking_keeps_the_administrators_changes(doctype):
	if not frappe.db.exists("DocType", doctype):
		pytest.skip("needs Frappe 16")
	roles = role_permissions.ROLES
	rows = frappe.get_meta(doctype).permissions
	other = next(row for row in rows if row.role not in roles and not row.if_owner and not row.permlevel)
	update_permission_property(doctype, other.role, 0, "export", int(not other.export), validate=False)
	rows = role_permissions.rows_of(doctype, "Custom DocPerm")
	changed = [row for row in rows if dict(row)["role"] not in roles]
	role_permissions.revoke_all()
	assert role_permissions.rows_of(doctype, "Custom DocPerm") == changed


@pytest.mark.changes_metadata
def test_an_older_site_gets_new_rights():
	for doctype in GRANTS:
		role_permissions.revoke(doctype)
	install.after_migrate()
	log_in("importer@example.com", "Interaction Manager")
	assert frappe.has_permission("Currency", "read")
	assert frappe.has_permission("Data Import", "create")
	assert frappe.has_permission("Contact", "import")


@pytest.mark.changes_metadata
@pytest.mark.parametrize("doctype", GRANTS)
def test_a_right_that_an_administrator_removes_stays_away(doctype):
	install.after_migrate()
	frappe.db.delete("Custom DocPerm", {"parent": doctype, "role": "Interaction Administrator"})
	install.after_migrate()
	assert not frappe.db.exists("Custom DocPerm", {"parent": doctype, "role": "Interaction Administrator"})
