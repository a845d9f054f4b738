"""Who may do what, as a table; and each whitelisted method as a stranger."""

import importlib
import pkgutil

import frappe
import pytest
from factories import contact, email_account, interaction, meeting, partner, user
from factories import resource as bookable
from frappe.handler import is_valid_http_method
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from crm_interactions import api
from crm_interactions.api import activity, app, calendar, chain, party, resource
from crm_interactions.api import meeting as meetings
from crm_interactions.chains import closing, joining

pytestmark = pytest.mark.records_only
ROLES = {
	"Guest": (),
	"nobody@example.com": (),
	"recorder@example.com": ("Interaction User",),
	"chief@example.com": ("Interaction Manager",),
	"admin@example.com": ("Interaction Administrator",),
	"Administrator": (),
}
RIGHTS = ("read", "write", "create", "delete")
NONE, READ, RECORD, CONFIGURE, ALL = "", "r", "rwc", "rwc", "rwcd"
ACTIVITIES = ("Interaction", "Meeting", "Product Record", "Partner")
DICTIONARIES = (
	*("Interaction Type", "Interaction Priority", "Interaction Category", "Interaction Outcome"),
	*("Interaction Dictionary", "Interaction Dictionary Value"),
	"Meeting Resource",
)
# user → what he may do with activities, dictionaries, settings
EXPECTED = {
	"Guest": (NONE, NONE, NONE),
	"nobody@example.com": (NONE, NONE, NONE),
	"recorder@example.com": (RECORD, READ, READ),
	"chief@example.com": (ALL, CONFIGURE, READ),
	"admin@example.com": (ALL, ALL, "rw"),
	"Administrator": (ALL, ALL, ALL),
}
ONE, OTHER = ("Interaction", "{interaction}"), ("Interaction", "{other}")
METHODS = {
	activity.complete: ("POST", ("Interaction", "{interaction}")),
	activity.complete_many: ("POST", ("Interaction", ["{interaction}"])),
	activity.convert: ("POST", ("Interaction", "{planned}", "E-mail")),
	activity.plan_next: ("POST", (*ONE, {"next_in": 2, "next_unit": "Days"})),
	activity.get_due: ("GET", (2, "Days")),
	activity.proposal: ("GET", ONE),
	activity.reopen: ("POST", ("Interaction", "{interaction}")),
	party.contact_query: (
		"GET",
		("Contact", "", "name", 0, 20, {"party_type": "{type}", "party": "{party}"}),
	),
	party.participant_details: ("GET", ("Contact", "{contact}")),
	party.find: ("GET", ("+385 1 4567 890",)),
	calendar.get_events: ("GET", ("Interaction", "2000-01-01", "2100-01-01")),
	resource.get_bookings: ("GET", ("2000-01-01", "2100-01-01")),
	calendar.move: (
		"POST",
		({"doctype": "Interaction", "name": "{interaction}", "starts_on": "2100-01-01 10:00:00"},),
	),
	chain.link: ("POST", (*ONE, *OTHER)),
	chain.preview: ("GET", (*ONE, *OTHER)),
	chain.candidates: ("GET", ONE),
	chain.unlink: ("POST", ONE),
	chain.undo: ("POST", ("{log}",)),
	chain.page: ("GET", ("{chain}",)),
	chain.counts: ("POST", (["{interaction}"],)),
	chain.members: ("GET", ("{chain}", "Interaction")),
	chain.participants: ("GET", ("{chain}",)),
	chain.set_subject: ("POST", ("{chain}", "Note", "{note}")),
	chain.create_subject: ("POST", ("{chain}", "Note")),
	chain.close: ("POST", ("{chain}", "No interest")),
	chain.reopen: ("POST", ("{chain}",)),
	meetings.invite: ("POST", ("{meeting}",)),
	meetings.invitees: ("GET", ("{meeting}",)),
	meetings.costs: ("GET", ("{meeting}",)),
}
EACH_METHOD = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.__name__)


@pytest.fixture
def login(as_user):
	"""Return a function that logs in as one of the users of the table, made when needed."""

	def log_in(name: str):
		if name not in ("Guest", "Administrator"):
			user(name, *ROLES[name])
		as_user(name)

	return log_in


@pytest.mark.parametrize("who", EXPECTED)
@pytest.mark.parametrize("group", range(3), ids=["activities", "dictionaries", "settings"])
def test_table(who, group, login):
	login(who)
	for doctype in (ACTIVITIES, DICTIONARIES, ("CRM Interactions Settings",))[group]:
		allowed = "".join(right[0] for right in RIGHTS if frappe.has_permission(doctype, right))
		assert allowed == EXPECTED[who][group], doctype


@pytest.mark.parametrize(
	"who, allowed",
	[
		("nobody@example.com", False),
		("recorder@example.com", True),
		("chief@example.com", True),
		("admin@example.com", True),
	],
)
def test_contacts_come_with_the_role(who, allowed, login):
	ana = contact(partner())
	login(who)
	for right in ("read", "write"):
		assert bool(frappe.has_permission("Contact", right, doc=ana)) is allowed


@pytest.mark.parametrize("who", ["Guest", "nobody@example.com"])
def test_stranger_sees_no_list_and_opens_nothing(who, login):
	name = interaction().name
	login(who)
	with pytest.raises(frappe.PermissionError):
		frappe.get_list("Interaction")
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc("Interaction", name).check_permission("read")
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc("Interaction", name).save()
	with pytest.raises(frappe.PermissionError):
		frappe.delete_doc("Interaction", name)
	with pytest.raises(frappe.PermissionError):
		interaction()


def test_recorder_records_but_does_not_delete(login):
	shop = partner()
	login("recorder@example.com")
	doc = interaction(shop)
	with pytest.raises(frappe.PermissionError):
		frappe.delete_doc("Interaction", doc.name)
	login("chief@example.com")
	frappe.delete_doc("Interaction", doc.name)


def test_recorder_sees_what_the_others_recorded(login):
	name = interaction().name
	login("recorder@example.com")
	assert name in frappe.get_list("Interaction", pluck="name", limit=0)


def test_table_of_methods_is_complete():
	for module in pkgutil.iter_modules(api.__path__, "crm_interactions.api."):
		importlib.import_module(module.name)
	ours = {method for method in frappe.whitelisted if method.__module__.startswith("crm_interactions.")}
	assert {_path(method) for method in ours} == {_path(method) for method in METHODS}


@EACH_METHOD
def test_stranger_gets_nothing(method, login):
	arguments = _arguments(method)
	login("nobody@example.com")
	if method in (party.contact_query, party.find):
		# the platform lets everybody ask for contacts, and answers with one's own
		assert not method(*arguments)
		return
	with pytest.raises(frappe.PermissionError):
		method(*arguments)


@EACH_METHOD
def test_guest_does_not_even_get_there(method, as_user):
	as_user("Guest")
	with pytest.raises(frappe.PermissionError):
		frappe.is_whitelisted(method)


@EACH_METHOD
def test_recorder_is_let_in(method, login):
	arguments = _arguments(method)
	login("chief@example.com" if method is activity.reopen else "recorder@example.com")
	answer = method(*arguments)
	# without ERPNext no cost has a rate
	assert answer or (method is meetings.costs and answer == {})


@EACH_METHOD
@pytest.mark.parametrize("verb", ["GET", "POST", "PUT", "DELETE"])
def test_each_method_has_one_verb(method, verb):
	frappe.local.request = Request(EnvironBuilder(method=verb).get_environ())
	if verb == METHODS[method][0]:
		is_valid_http_method(method)
	else:
		with pytest.raises(frappe.PermissionError):
			is_valid_http_method(method)


@pytest.mark.parametrize("who, allowed", [("nobody@example.com", False), ("recorder@example.com", True)])
def test_tile_on_the_apps_screen(who, allowed, login):
	login(who)
	assert app.has_permission() is allowed


def _path(method) -> str:
	return f"{method.__module__}.{method.__name__}"


def _arguments(method) -> list:
	"""Fill the placeholders of the table with records that exist."""
	shop = partner()
	ana = contact(shop, phone="+385 1 4567 890").name
	rooms = [{"resource": bookable().name}] if method is resource.get_bookings else []
	recorded = interaction(shop, contact=ana, completed=int(method is activity.reopen), resources=rooms)
	values = {
		"{interaction}": recorded.name,
		"{planned}": interaction(shop, contact=ana, status="Planned").name,
		"{contact}": ana,
		"{type}": shop.doctype,
		"{party}": shop.name,
		**(_chain_values(method, recorded, shop) if method.__module__ == chain.__name__ else {}),
		**(_meeting_values(shop) if method.__module__ == meetings.__name__ else {}),
	}

	def filled(argument):
		if isinstance(argument, dict):
			return {key: filled(value) for key, value in argument.items()}
		if isinstance(argument, list):
			return [filled(value) for value in argument]
		return values.get(argument, argument)

	return [filled(argument) for argument in METHODS[method][1]]


def _meeting_values(shop) -> dict:
	email_account()
	people = [{"full_name": "Ivan Babić", "side": "Theirs", "email": "ivan@example.com"}]
	return {"{meeting}": meeting(shop, starts_on="2099-11-23 10:00:00", participants=people).name}


def _chain_values(method, recorded, shop) -> dict:
	"""Return a chain as the method needs it, and what else there is beside it."""
	settings = frappe.get_doc("CRM Interactions Settings")
	settings.append("subject_types", {"subject_type": "Note"})
	settings.save()
	other = interaction(shop)
	joins = joining.join(("Interaction", recorded.name), ("Interaction", interaction(shop).name))
	if method is chain.reopen:
		closing.close(recorded.chain)
	return {
		"{chain}": recorded.chain,
		"{other}": other.name,
		"{log}": joins["log"],
		"{note}": frappe.get_doc({"doctype": "Note", "title": "A claim", "public": 1}).insert().name,
	}
