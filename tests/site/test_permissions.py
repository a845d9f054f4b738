"""Permissions of each role as a table, and each whitelisted method called without permission."""

from contextlib import nullcontext

import frappe
import pytest
from frappe.handler import is_valid_http_method
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from crm_interactions.api import activity, app, calendar, oversight, party, search, settings
from crm_interactions.api import capture as captures
from crm_interactions.api import feed as feeds
from crm_interactions.api import meeting as meetings
from crm_interactions.api import registration as registrations
from crm_interactions.api import reminder as reminders
from tests.site.api_calls import METHODS, arguments, path, whitelisted
from tests.site.factories import contact, interaction, partner, user

pytestmark = pytest.mark.records_only
ROLES = {
	**{"Guest": (), "nobody@example.com": (), "recorder@example.com": ("Interaction User",)},
	**{"chief@example.com": ("Interaction Manager",), "admin@example.com": ("Interaction Administrator",)},
	"Administrator": (),
}
RIGHTS = ("read", "write", "create", "delete")
NONE, READ, RECORD, CONFIGURE, ALL = "", "r", "rwc", "rwc", "rwcd"
ACTIVITIES = ("Interaction", "Meeting", "Product Record", "Partner")
DICTIONARIES = (
	*("Interaction Type", "Interaction Priority", "Interaction Category", "Interaction Outcome"),
	*("Interaction Dictionary", "Interaction Dictionary Value", "Meeting Resource"),
)
# user → permissions on activities, dictionaries, settings
EXPECTED = {
	**{"Guest": (NONE, NONE, NONE), "nobody@example.com": (NONE, NONE, NONE)},
	**{"recorder@example.com": (RECORD, READ, READ), "chief@example.com": (ALL, CONFIGURE, READ)},
	**{"admin@example.com": (ALL, ALL, "rw"), "Administrator": (ALL, ALL, ALL)},
}
# method → least privileged user who may call it
LET_IN = {
	activity.reopen: "chief@example.com",
	settings.get_numbering: "admin@example.com",
	settings.continue_numbering: "admin@example.com",
	**dict.fromkeys((registrations.get_fields, registrations.preview), "admin@example.com"),
	registrations.list_types: "admin@example.com",
	captures.get_backfill: "admin@example.com",
	captures.backfill: "admin@example.com",
	**{method: "chief@example.com" for method in METHODS if method.__module__ == oversight.__name__},
}
# costs need ERPNext's rates, no job is running, Frappe's calendar expects no answer, and a download is no answer
MAY_BE_EMPTY = {
	*(meetings.costs, settings.get_numbering, calendar.update_event),
	*(captures.get_backfill, captures.get_file),
	# the site has no notes, and a pin has no answer
	*(registrations.preview, feeds.get_note, feeds.pin, search.find_noted),
	# users of the app may not read partners of ERPNext
	captures.list_candidates,
	# the user has no reminders
	reminders.list_reminded,
}
EACH_METHOD = pytest.mark.parametrize("method", METHODS)


@pytest.fixture
def login(as_user):
	"""Return a function that logs in as a user of the table, and creates the user if necessary."""

	def log_in(name: str):
		if name not in ("Guest", "Administrator"):
			user(name, *ROLES[name])
		as_user(name)

	return log_in


@pytest.mark.parametrize("who", EXPECTED)
@pytest.mark.parametrize("group", range(3), ids=["activities", "dictionaries", "settings"])
def test_each_role_has_exactly_the_permissions_of_the_table(who, group, login):
	login(who)
	for doctype in (ACTIVITIES, DICTIONARIES, ("CRM Interactions Settings",))[group]:
		allowed = "".join(right[0] for right in RIGHTS if frappe.has_permission(doctype, right))
		assert allowed == EXPECTED[who][group], doctype


@pytest.mark.parametrize("who", [name for name in ROLES if "@" in name])
def test_each_role_gives_access_to_contacts(who, login):
	ana = contact(partner())
	login(who)
	for right in ("read", "write"):
		assert bool(frappe.has_permission("Contact", right, doc=ana)) is bool(ROLES[who])


@pytest.mark.parametrize("who", ["Guest", "nobody@example.com"])
def test_a_stranger_cannot_list_open_save_delete_or_create_interactions(who, login):
	doc = interaction()
	login(who)
	for request in (
		lambda: frappe.get_list("Interaction"),
		lambda: frappe.get_doc("Interaction", doc.name).check_permission("read"),
		lambda: frappe.get_doc("Interaction", doc.name).save(),
		lambda: frappe.delete_doc("Interaction", doc.name),
		interaction,
	):
		with pytest.raises(frappe.PermissionError):
			request()


def test_a_recorder_can_record_but_not_delete(login, shop):
	login("recorder@example.com")
	doc = interaction(shop)
	with pytest.raises(frappe.PermissionError):
		frappe.delete_doc("Interaction", doc.name)
	login("chief@example.com")
	frappe.delete_doc("Interaction", doc.name)


def test_a_recorder_sees_the_interactions_of_others(login):
	name = interaction().name
	login("recorder@example.com")
	assert name in frappe.get_list("Interaction", pluck="name", limit=0)


def test_the_table_of_methods_is_complete():
	assert whitelisted() == {path(method) for method in METHODS}


@EACH_METHOD
def test_a_stranger_is_refused_or_gets_an_empty_answer(method, login):
	given = arguments(method)
	login("nobody@example.com")
	if method in (party.contact_query, party.find, search.search, search.find_direct, search.find_noted):
		# all users may call these methods, which return readable records only
		assert not method(*given)
		return
	with pytest.raises(frappe.PermissionError):
		method(*given)


@EACH_METHOD
def test_a_guest_can_call_no_method(method, as_user):
	as_user("Guest")
	with pytest.raises(frappe.PermissionError):
		frappe.is_whitelisted(method)


@EACH_METHOD
def test_each_method_answers_its_least_privileged_user(method, login):
	given = arguments(method)
	login(LET_IN.get(method, "recorder@example.com"))
	assert method(*given) or method in MAY_BE_EMPTY


@pytest.mark.parametrize("method", LET_IN)
def test_a_recorder_cannot_call_methods_of_other_roles(method, login):
	given = arguments(method)
	login("recorder@example.com")
	with pytest.raises(frappe.PermissionError):
		method(*given)


@EACH_METHOD
@pytest.mark.parametrize("verb", ["GET", "POST", "PUT", "DELETE"])
def test_each_method_accepts_its_verb_only(method, verb, monkeypatch):
	request = Request(EnvironBuilder(method=verb).get_environ())
	monkeypatch.setattr(frappe.local, "request", request, raising=False)
	accepted = verb in METHODS[method][0].split(" or ")
	with nullcontext() if accepted else pytest.raises(frappe.PermissionError):
		is_valid_http_method(method)


@pytest.mark.parametrize("who, allowed", [("nobody@example.com", False), ("recorder@example.com", True)])
def test_the_tile_on_the_apps_screen_needs_a_role(who, allowed, login):
	login(who)
	assert app.has_permission() is allowed
