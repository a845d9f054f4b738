"""Doors: every request by which a user can read records. Tests search the answers for the records' titles."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.permissions.traces import TAG
from tests.permissions.world import WORD, Record, World

LIMIT = 10_000  # more than the records of all tests, so that no list is cut
FROM, UNTIL = (str(date.today() + timedelta(days=days)) for days in (-30, 30))


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


# document type → field with a record's title
TITLED = {
	"Interaction": "title",
	"Meeting": "title",
	"Product Record": "product",
	"Activity Link": "title",
	"Interaction Chain": "title",
}


def lists(doctype: str) -> dict[str, Request]:
	"""Return the doors to all records of a document type."""
	title = TITLED[doctype]
	fields = ["name", title]
	columns = [f"`tab{doctype}`.`{column}`" for column in fields]
	shown = {"doctype": doctype, "fields": columns, "start": 0, "page_length": LIMIT}
	about = [[doctype, title, "like", f"%{WORD}%"]]
	doors = {
		"REST v1": Request(
			f"/api/resource/{doctype}", {"fields": json.dumps(["*"]), "limit_page_length": str(LIMIT)}
		),
		"REST v2": Request(
			f"/api/v2/document/{doctype}", {"fields": json.dumps(fields), "limit": str(LIMIT)}
		),
		"get_list": method("frappe.client.get_list", doctype=doctype, fields=fields, limit_page_length=LIMIT),
		"list and report builder": method("frappe.desk.reportview.get", view="Report", **shown),
		"report builder, sorted and filtered": method(
			"frappe.desk.reportview.get",
			view="Report",
			**shown,
			filters=about,
			order_by=f"`tab{doctype}`.`{title}` desc",
		),
		"Kanban": method("frappe.desk.reportview.get", view="Kanban", **shown),
		"export": method(
			"frappe.desk.reportview.export_query",
			"export",
			"POST",
			title=doctype,
			file_format_type="CSV",
			view="Report",
			**shown,
		),
		"link search": method("frappe.desk.search.search_link", doctype=doctype, txt=WORD, page_length=LIMIT),
		"search field": method(
			"frappe.desk.search.search_widget", doctype=doctype, txt=WORD, page_length=LIMIT
		),
		"link search past user permissions": method(
			"frappe.desk.search.search_link",
			doctype=doctype,
			txt="",
			page_length=LIMIT,
			ignore_user_permissions=1,
		),
		"search field past user permissions": method(
			"frappe.desk.search.search_widget",
			doctype=doctype,
			txt="",
			searchfield=title,
			page_length=LIMIT,
			filter_fields=fields,
			as_dict=1,
			reference_doctype="Contact",
			ignore_user_permissions=1,
		),
		"sidebar": method(
			"frappe.desk.reportview.get_sidebar_stats", doctype=doctype, stats=[title], filters=about
		),
		"group by": method(
			"frappe.desk.listview.get_group_by_count", doctype=doctype, current_filters=about, field=title
		),
	}
	if doctype in ("Interaction", "Meeting"):
		doors["calendar"] = method(
			"crm_interactions.api.calendar.get_events", doctype=doctype, start=FROM, end=UNTIL
		)
		doors["Frappe's calendar"] = method(
			"frappe.desk.calendar.get_events",
			doctype=doctype,
			start=FROM,
			end=UNTIL,
			field_map={"start": "starts_on", "end": "ends_on", "id": "name", "title": "title"},
		)
	return doors


def counts(doctype: str) -> dict[str, Request]:
	"""Return the doors that count the records of a document type."""
	filters = [[doctype, TITLED[doctype], "like", f"%{WORD}%"]]
	return {
		"count": method("frappe.desk.reportview.get_count", doctype=doctype, filters=filters),
		"get_count": method("frappe.client.get_count", doctype=doctype, filters=filters),
	}


def document(record: Record, *, few: bool = False) -> dict[str, Request]:
	"""Return the doors to an activity whose name is known; `few` are those that differ between activity types."""
	named = {"doctype": record.doctype, "name": record.name}
	about = {"activity_type": record.doctype, "activity": record.name}
	doors = {
		"form": method("frappe.desk.form.load.getdoc", **named),
		"form's surroundings": method("frappe.desk.form.load.get_docinfo", **named),
		"REST v1": Request(f"/api/resource/{record.doctype}/{record.name}", {}),
		"REST v2": Request(f"/api/v2/document/{record.doctype}/{record.name}", {}),
		"client": method("frappe.client.get", **named),
		"value": method(
			"frappe.client.get_value",
			doctype=record.doctype,
			filters={"name": record.name},
			fieldname=[TITLED[record.doctype]],
		),
		"link's fields": method(
			"frappe.client.validate_link",
			doctype=record.doctype,
			docname=record.name,
			fields=[TITLED[record.doctype]],
		),
		"mails": method("frappe.desk.form.load.get_communications", **named),
		"print": Request("/printview", named, right="print"),
		"print in the Desk": method(
			"frappe.www.printview.get_html_and_style", "print", doc=record.doctype, name=record.name
		),
		"attachment": Request(record.file_url, {}),
		"page of its chain": method("crm_interactions.api.chain.page", **about),
		"chain's form": method(
			"frappe.desk.form.load.getdoc", doctype="Interaction Chain", name=record.chain
		),
		"log of its chain": method(
			"frappe.client.get_list",
			doctype="Interaction Chain Log",
			fields=["name", "note"],
			filters={"chain": record.chain},
		),
		"REST of its chain": Request(f"/api/resource/Interaction Chain/{record.chain}", {}),
	}
	if few:
		return {door: doors[door] for door in ("form", "REST v1", "attachment", "page of its chain")}
	if record.doctype in ("Interaction", "Meeting"):
		doors["proposal"] = method("crm_interactions.api.activity.proposal", **about)
	return doors


def printed(record: Record, form: str) -> Request:
	"""Return the door to a record in a print format."""
	what = {"doc": record.doctype, "name": record.name, "print_format": form}
	return method("frappe.www.printview.get_html_and_style", "print", **what)


def site(world: World) -> dict[str, Request]:
	"""Return the doors to records of several document types."""
	party = {"party_type": world.party_type, "party": world.party}
	doors = {
		"panel of the partner": method("crm_interactions.api.chain.page", **party, length=LIMIT),
		"linked with the partner": method(
			"frappe.desk.form.linked_with.get", doctype=world.party_type, docname=world.party
		),
	}
	doors["tag in the search bar"] = method(
		"frappe.desk.doctype.tag.tag.get_documents_for_tag", tag=f"#{TAG}"
	)
	if world.is_searchable:
		doors["global search"] = method("frappe.utils.global_search.search", text=WORD, limit=LIMIT)
	return doors


def from_readable(record: Record) -> dict[str, Request]:
	"""Return the doors that lead from a readable activity to others."""
	about = {"activity_type": record.doctype, "activity": record.name}
	return {"candidates of Link…": method("crm_interactions.api.chain.candidates", **about, length=100)}


Seen = Callable[[Record], bool]
