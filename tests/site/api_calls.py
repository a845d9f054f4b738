"""Valid arguments for each whitelisted method of the app, as a table; tests call them with and without permission."""

import importlib
import inspect
import pkgutil

import frappe

from crm_interactions import api
from crm_interactions.api import activity, calendar, cards, chain, count, oversight, party, resource, search
from crm_interactions.api import call as calls
from crm_interactions.api import capture as captures
from crm_interactions.api import day as days
from crm_interactions.api import dossier as dossiers
from crm_interactions.api import feed as feeds
from crm_interactions.api import meeting as meetings
from crm_interactions.api import partner_line as lines
from crm_interactions.api import plan as plans
from crm_interactions.api import registration as registrations
from crm_interactions.api import reminder as reminders
from crm_interactions.api import settings as app_settings
from crm_interactions.chains import closing, joining
from tests.site.door import Answer, call
from tests.site.factories import (
	activity_plan,
	contact,
	email_account,
	interaction,
	meeting,
	partner,
	record,
	user,
)
from tests.site.factories import resource as bookable

ONE, OTHER = ("Interaction", "{interaction}"), ("Interaction", "{other}")
ROW = {"activity_type": "Interaction", "activity": "{interaction}"}
EVENT = {"doctype": "Interaction", "name": "{interaction}", "starts_on": "2100-01-01 10:00:00"}
EVENT_FIELDS = {"start": "starts_on", "end": "ends_on"}
PARTNER = {"party_type": "{type}", "party": "{party}"}
# method → HTTP verb, positional arguments
METHODS = {
	activity.complete: ("POST", ("Interaction", "{interaction}")),
	activity.complete_many: ("POST", ("Interaction", ["{interaction}"])),
	activity.review: ("POST", ([ROW],)),
	activity.control: ("POST", ([ROW],)),
	activity.convert: ("POST", ("Interaction", "{planned}", "E-mail")),
	activity.plan_next: ("POST", (*ONE, {"next_in": 2, "next_unit": "Days"})),
	activity.get_due: ("GET", (2, "Days")),
	activity.proposal: ("GET", ONE),
	activity.reopen: ("POST", ("Interaction", "{interaction}")),
	activity.reopen_many: ("POST", ("Interaction", ["{interaction}"])),
	activity.log: ("POST", ("ended", "pbx-17", "+385 1 4567 890")),
	party.contact_query: ("GET", ("Contact", "", "name", 0, 20, PARTNER)),
	party.participant_details: ("GET", ("Contact", "{contact}")),
	party.find: ("GET", ("+385 1 4567 890",)),
	calls.get_card: ("GET", ("+385 1 4567 890",)),
	calls.get_history: ("GET", ("{type}", "{party}")),
	cards.count_due_today: ("GET or POST", ()),
	cards.count_late: ("GET or POST", ()),
	cards.count_late_of_all: ("GET or POST", ()),
	cards.count_done_this_week: ("GET or POST", ()),
	calendar.get_events: ("GET", ("Interaction", "2000-01-01", "2100-01-01")),
	resource.get_bookings: ("GET", ("2000-01-01", "2100-01-01")),
	calendar.move: ("POST", (EVENT,)),
	calendar.update_event: ("POST", (EVENT, EVENT_FIELDS)),
	chain.link: ("POST", (*ONE, *OTHER)),
	chain.preview: ("GET", (*ONE, *OTHER)),
	chain.candidates: ("GET", ONE),
	chain.list_open: ("GET", ("{type}", "{party}")),
	chain.unlink: ("POST", ONE),
	chain.undo: ("POST", ("{log}",)),
	chain.page: ("GET", ("{chain}",)),
	chain.counts: ("POST", (["{interaction}"],)),
	feeds.get_note: ("GET", ONE),
	feeds.list_labels: ("POST", (["{row}"],)),
	feeds.log: (
		"POST",
		("draft-1", {**PARTNER, "contact": "{contact}", "interaction_type": "E-mail", "title": "Logged"}),
	),
	feeds.pin: ("POST", ONE),
	chain.members: ("GET", ("{chain}", "Interaction")),
	chain.participants: ("GET", ("{chain}",)),
	chain.set_subject: ("POST", ("{chain}", "Note", "{note}")),
	chain.create_subject: ("POST", ("{chain}", "Note")),
	chain.close: ("POST", ("{chain}", "No interest")),
	chain.reopen: ("POST", ("{chain}",)),
	lines.get_days: ("GET", (None, None, "Contact", "{contact}")),
	lines.get_line: ("GET", (None, None, "Contact", "{contact}")),
	lines.list_chains: ("GET", ("open", None, None, "Contact", "{contact}")),
	calls.find_people: ("GET", ("Ana",)),
	days.page: ("GET", ()),
	activity.snooze: ("POST", ("Interaction", "{planned}", "week")),
	oversight.preview_hand_over: ("GET", ("Administrator",)),
	oversight.hand_over: ("POST", ("Administrator", "chief@example.com")),
	oversight.undo_hand_over: ("POST", ("{hand_over}",)),
	oversight.continue_hand_over: ("POST", ("{hand_over}",)),
	oversight.people_query: ("GET", ("User", "chief", "name", 0, 20, {"successors": 1})),
	meetings.invite: ("POST", ("{meeting}",)),
	meetings.invitees: ("GET", ("{meeting}",)),
	meetings.costs: ("GET", ("{meeting}",)),
	meetings.preview_invitation: ("GET", ("{meeting}", "ivan@example.com")),
	meetings.get_availability: ("GET", ("2099-11-23 10:00:00",)),
	app_settings.get_numbering: ("GET", ()),
	app_settings.continue_numbering: ("POST", ("Interaction",)),
	registrations.get_fields: ("GET", ("Note",)),
	registrations.preview: ("GET", ('{"document_type": "Note", "title_field": "title"}',)),
	registrations.list_types: ("GET", ()),
	search.find_direct: ("GET", ("pump",)),
	search.find_noted: ("GET", ("pump",)),
	captures.assign: ("POST", ("{item}", "{type}", "{party}")),
	captures.ignore: ("POST", ("{item}",)),
	captures.list_candidates: ("GET", ("{item}",)),
	captures.list_files: ("GET", ("{captured}",)),
	captures.get_file: ("GET", ("{captured}", "{file}")),
	captures.get_backfill: ("GET", ()),
	captures.backfill: ("POST", ()),
	dossiers.start: ("POST", ("{chain}",)),
	dossiers.get_progress: ("GET", ("{chain}",)),
	reminders.list_reminded: ("GET", (["a notification"],)),
	plans.preview: ("GET", ("{plan}", "{chain}")),
	plans.start: ("POST", ("{plan}", [{"doctype": "Interaction Chain", "name": "{chain}"}])),
	plans.preview_shift: ("GET", ("Interaction", "{step}")),
	plans.shift: ("POST", ("Interaction", "{step}")),
	plans.list_runs: ("GET", ("{chain}",)),
	plans.end: ("POST", ("{run}", "{chain}")),
	# replace Frappe's methods, which accept both verbs
	count.get_count: ("GET or POST", ("Interaction",)),
	count.get_open_count: ("GET or POST", ("Interaction Type", "Phone Call")),
	search.search: ("GET or POST", ("pump",)),
	search.search_link: ("GET or POST", ("Interaction", "pump")),
	search.search_widget: ("GET or POST", ("Interaction", "pump")),
}


def path(method) -> str:
	return f"{method.__module__}.{method.__name__}"


def whitelisted() -> set[str]:
	"""Return the paths of the app's methods that can be called over HTTP."""
	for module in pkgutil.iter_modules(api.__path__, "crm_interactions.api."):
		importlib.import_module(module.name)
	methods = {method for method in frappe.whitelisted if method.__module__.startswith("crm_interactions.")}
	return {path(method) for method in methods}


def send(method, given: dict, *, keep: bool = False) -> Answer:
	"""Call a method over HTTP with its verb; see `door.call` for `keep`."""
	return call(METHODS[method][0].rpartition(" ")[2], f"method/{path(method)}", given, keep=keep)


def named_arguments(method) -> dict:
	"""Create the records of a call; return its arguments by name."""
	return dict(zip(inspect.signature(method).parameters, arguments(method), strict=False))


def arguments(method) -> list:
	"""Create the records of a call; return its arguments from the table, with the placeholders filled in."""
	shop = partner()
	ana = contact(shop, phone="+385 1 4567 890").name
	rooms = [{"resource": bookable().name}] if method is resource.get_bookings else []
	recorded = interaction(shop, contact=ana, completed=int(method is activity.reopen), resources=rooms)
	values = {
		"{interaction}": recorded.name,
		"{planned}": interaction(shop, contact=ana, status="Planned").name,
		"{row}": frappe.db.get_value("Activity Link", {"activity": recorded.name}),
		"{contact}": ana,
		"{type}": shop.doctype,
		"{party}": shop.name,
		**(_chain_values(method, recorded, shop) if method.__module__ == chain.__name__ else {}),
		**(_hand_over_values(method) if method.__module__ == oversight.__name__ else {}),
		**(_meeting_values(shop) if method.__module__ == meetings.__name__ else {}),
		**({"{chain}": recorded.chain} if method.__module__ == dossiers.__name__ else {}),
		**(_plan_values(method, recorded) if method.__module__ == plans.__name__ else {}),
		**(_capture_values(shop) if method.__module__ == captures.__name__ else {}),
	}

	def filled(argument):
		if isinstance(argument, dict):
			return {key: filled(value) for key, value in argument.items()}
		if isinstance(argument, list):
			return [filled(value) for value in argument]
		return values.get(argument, argument)

	return [filled(argument) for argument in METHODS[method][1]]


def _hand_over_values(method) -> dict:
	"""Create a planned activity; return a hand-over of it in the state that the method needs, if it takes one."""
	user("chief@example.com", "Interaction Manager")
	interaction(status="Planned", starts_on="2099-11-23 10:00:00")
	if "hand_over" not in METHODS[method][1][0]:
		return {}
	name = oversight.hand_over("Administrator", "chief@example.com")["name"]
	failed = {"status": "Failed"} if method is oversight.continue_hand_over else {}
	frappe.db.set_value("Interaction Hand Over", name, {"asked_by": "chief@example.com", **failed})
	return {"{hand_over}": name}


def _meeting_values(shop) -> dict:
	email_account()
	people = [{"full_name": "Ivan Babić", "side": "Theirs", "email": "ivan@example.com"}]
	return {"{meeting}": meeting(shop, starts_on="2099-11-23 10:00:00", participants=people).name}


def _plan_values(method, recorded) -> dict:
	"""Return a plan and a chain, in which it runs unless the method starts it, with its moved step."""
	plan = activity_plan([{"title": "Call"}, {"title": "Write", "offset": 2}])
	chain = recorded.chain
	if method in (plans.preview, plans.start):
		return {"{plan}": plan.name, "{chain}": chain}
	plans.start(plan.name, [{"doctype": "Interaction Chain", "name": chain}])
	step = frappe.get_doc("Interaction", {"chain": chain, "title": "Call"})
	step.update({"starts_on": "2099-11-23 10:00:00"}).save()
	return {"{chain}": chain, "{step}": step.name, "{run}": plans.list_runs(chain)[0]["name"]}


def _capture_values(shop) -> dict:
	"""Return an item whose address a contact has since, and an interaction captured from a mail with a file."""
	settings = frappe.get_doc("CRM Interactions Settings")
	settings.update({"capture_mail": "Known Contacts"}).save()
	mails = {address: _mail(address) for address in ("new@example.net", "known@example.net")}
	contact(shop, "Nina", "New", email="new@example.net")
	captures.assign(mails["known@example.net"]["item"], shop.doctype, shop.name)
	attached = {"attached_to_doctype": "Communication"}
	attached["attached_to_name"] = mails["known@example.net"]["source"]
	captured = frappe.db.get_value("Interaction", {"source": attached["attached_to_name"]})
	file = record("File", file_name="prices.txt", content="P-40", is_private=1, **attached)
	return {"{item}": mails["new@example.net"]["item"], "{captured}": captured, "{file}": file.name}


def _mail(sender: str) -> dict:
	"""Insert a mail of an unknown sender; return its name as `source`, and the name of its `item`."""
	kind = {"communication_type": "Communication", "communication_medium": "Email"}
	about = {"subject": "Prices", "content": "x", "sender": sender, "recipients": "crm@example.com"}
	mail = record("Communication", **kind, **about, sent_or_received="Received")
	return {"source": mail.name, "item": frappe.db.get_value("Captured Item", {"source": mail.name})}


def _chain_values(method, recorded, shop) -> dict:
	"""Return a chain in the state that the method needs, another activity, the log of a join and a note."""
	settings = frappe.get_doc("CRM Interactions Settings")
	settings.append("subject_types", {"subject_type": "Note"})
	settings.save()
	other = interaction(shop)
	joined = joining.join(("Interaction", recorded.name), ("Interaction", interaction(shop).name))
	if method is chain.reopen:
		closing.close(recorded.chain)
	return {
		"{chain}": recorded.chain,
		"{other}": other.name,
		"{log}": joined["log"],
		"{note}": record("Note", title="A claim", public=1).name,
	}
