"""Doors: every request by which a user can read records. Tests search the answers for the records' titles."""

import json
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from tests.clock import now
from tests.permissions.traces import TAG
from tests.permissions.world import WORD, Record, World

LIMIT = 10_000  # more than the records of all tests, so that no list is cut
TODAY = now().date()
PERIOD = {"start": str(TODAY - timedelta(days=30)), "end": str(TODAY + timedelta(days=30))}
FORM, SEARCH, VIEW = "frappe.desk.form.load", "frappe.desk.search", "frappe.desk.reportview"
LINKED_WITH, PRINT = "frappe.desk.form.linked_with.get", "frappe.www.printview.get_html_and_style"


@dataclass(frozen=True)
class Request:
	"""A request; `right` is the permission on the document type that it needs in addition to read."""

	path: str
	values: dict
	method: str = "GET"
	right: str = "read"
	as_json: bool = False


def method(path: str, right: str = "read", verb: str = "GET", **values) -> Request:
	sent = {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}
	return Request(f"/api/method/{path}", sent, verb, right)


def post(path: str, **values) -> Request:
	return method(path, verb="POST", **values)


# document type → field with a record's title
TITLED = dict.fromkeys(("Interaction", "Meeting", "Activity Link", "Interaction Chain"), "title")
TITLED["Product Record"] = "product"


def lists(doctype: str) -> dict[str, Request]:
	"""Return the doors to all records of a document type."""
	title = TITLED[doctype]
	fields = ["name", title]
	columns = [f"`tab{doctype}`.`{column}`" for column in fields]
	about, by_title = [[doctype, title, "like", f"%{WORD}%"]], f"{columns[1]} desc"
	shown = {"doctype": doctype, "fields": columns, "start": 0, "page_length": LIMIT}
	second = {"fields": json.dumps(fields), "limit": str(LIMIT)}
	view = partial(method, f"{VIEW}.get", **shown)
	csv = {"view": "Report", "title": doctype, "file_format_type": "CSV"}
	found = {"doctype": doctype, "txt": WORD, "page_length": LIMIT}
	past = {**found, "txt": "", "ignore_user_permissions": 1}
	details = {"searchfield": title, "filter_fields": fields, "as_dict": 1, "reference_doctype": "Contact"}
	grouped = {"current_filters": about, "field": title}
	doors = {
		"REST v1": Request(f"/api/resource/{doctype}", {"fields": '["*"]', "limit_page_length": str(LIMIT)}),
		"REST v2": Request(f"/api/v2/document/{doctype}", second),
		"get_list": method("frappe.client.get_list", doctype=doctype, fields=fields, limit_page_length=LIMIT),
		"list and report builder": view(view="Report"),
		"report builder, sorted and filtered": view(view="Report", filters=about, order_by=by_title),
		"Kanban": view(view="Kanban"),
		"export": method(f"{VIEW}.export_query", "export", "POST", **shown, **csv),
		"link search": method(f"{SEARCH}.search_link", **found),
		"search field": method(f"{SEARCH}.search_widget", **found),
		"link search past user permissions": method(f"{SEARCH}.search_link", **past),
		"search field past user permissions": method(f"{SEARCH}.search_widget", **past, **details),
		"sidebar": method(f"{VIEW}.get_sidebar_stats", doctype=doctype, stats=[title], filters=about),
		"group by": method("frappe.desk.listview.get_group_by_count", doctype=doctype, **grouped),
	}
	if doctype in ("Interaction", "Meeting"):
		events = {"doctype": doctype, **PERIOD}
		fields = {"start": "starts_on", "end": "ends_on", "id": "name", "title": "title"}
		doors["calendar"] = method("crm_interactions.api.calendar.get_events", **events)
		doors["Frappe's calendar"] = method("frappe.desk.calendar.get_events", **events, field_map=fields)
	return doors


def counts(doctype: str) -> dict[str, Request]:
	"""Return the doors that count the records of a document type."""
	filters = [[doctype, TITLED[doctype], "like", f"%{WORD}%"]]
	return {
		"count": method(f"{VIEW}.get_count", doctype=doctype, filters=filters),
		"get_count": method("frappe.client.get_count", doctype=doctype, filters=filters),
	}


def document(record: Record, *, few: bool = False) -> dict[str, Request]:
	"""Return the doors to an activity whose name is known; `few` are those that differ between activity types."""
	doctype, name, title = record.doctype, record.name, [TITLED[record.doctype]]
	named = {"doctype": doctype, "name": name}
	about = {"activity_type": doctype, "activity": name}
	log = {"fields": ["name", "note"], "filters": {"chain": record.chain}}
	runs = {"fields": ["name", "run_key"], "filters": {"chain": record.chain}}
	doors = {
		"form": method(f"{FORM}.getdoc", **named),
		"form's surroundings": method(f"{FORM}.get_docinfo", **named),
		"REST v1": Request(f"/api/resource/{doctype}/{name}", {}),
		"REST v2": Request(f"/api/v2/document/{doctype}/{name}", {}),
		"client": method("frappe.client.get", **named),
		"value": method("frappe.client.get_value", doctype=doctype, filters={"name": name}, fieldname=title),
		"link's fields": method("frappe.client.validate_link", doctype=doctype, docname=name, fields=title),
		"mails": method(f"{FORM}.get_communications", **named),
		"print": Request("/printview", named, right="print"),
		"print in the Desk": method(PRINT, "print", doc=doctype, name=name),
		"attachment": Request(record.file_url, {}),
		"page of its chain": method("crm_interactions.api.chain.page", **about),
		"chain's form": method(f"{FORM}.getdoc", doctype="Interaction Chain", name=record.chain),
		"log of its chain": method("frappe.client.get_list", doctype="Interaction Chain Log", **log),
		"plans in its chain": method("frappe.client.get_list", doctype="Activity Plan Run", **runs),
		"REST of its chain": Request(f"/api/resource/Interaction Chain/{record.chain}", {}),
		"chain in the search bar": method("crm_interactions.api.search.find_direct", text=record.token),
	}
	if few:
		return {door: doors[door] for door in ("form", "REST v1", "attachment", "page of its chain")}
	if doctype in ("Interaction", "Meeting"):
		doors["proposal"] = method("crm_interactions.api.activity.proposal", **about)
		doors["note in the search bar"] = method("crm_interactions.api.search.find_noted", text=record.token)
	return doors


def printed(record: Record, form: str) -> Request:
	"""Return the door to a record in a print format."""
	return method(PRINT, "print", doc=record.doctype, name=record.name, print_format=form)


def site(world: World) -> dict[str, Request]:
	"""Return the doors to records of several document types."""
	party = {"party_type": world.party_type, "party": world.party}
	return {
		"global search": method("frappe.utils.global_search.search", text=WORD, limit=LIMIT),
		"panel of the partner": method("crm_interactions.api.chain.page", **party, length=LIMIT),
		"feed of the partner": method(
			"crm_interactions.api.chain.page", **party, length=LIMIT, feed={"text": WORD}
		),
		"linked with the partner": method(LINKED_WITH, doctype=world.party_type, docname=world.party),
		"tag in the search bar": method("frappe.desk.doctype.tag.tag.get_documents_for_tag", tag=f"#{TAG}"),
	}


def candidates(record: Record) -> Request:
	"""Return the door from a readable activity to others: the candidates of *Link…*."""
	about = {"activity_type": record.doctype, "activity": record.name}
	return method("crm_interactions.api.chain.candidates", **about, length=100)
