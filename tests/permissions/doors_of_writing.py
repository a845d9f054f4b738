"""Frappe's doors that change, send or print a record with a known name, or its attachments."""

from tests.permissions.doors import Request, method
from tests.permissions.people import RUN
from tests.permissions.traces import TAG
from tests.permissions.world import Record, World

BOARD = f"Board {RUN}"
ADDRESS = "customer@example.com"


def post(path: str, **values) -> Request:
	return method(path, verb="POST", **values)


def writing(record: Record, world: World, user: str, board: str = BOARD) -> dict[str, Request]:
	"""Return the doors in an order in which a user with the rights can use them all.

	Args:
		user: the user who sends the requests and gets the assignment and the share.
	"""
	named = {"doctype": record.doctype, "name": record.name}
	noted = {"doctype": record.doctype, "docname": record.name}
	value = {"fieldname": "notes", "value": "Changed"}
	return {
		"REST v1": Request(f"/api/resource/{record.doctype}/{record.name}", {"notes": "By REST"}, "PUT"),
		"REST v2": Request(f"/api/v2/document/{record.doctype}/{record.name}", {"notes": "By v2"}, "PATCH"),
		"value": post("frappe.client.set_value", **named, **value),
		"values": post("frappe.client.bulk_update", docs=[{**noted, "notes": "In bulk"}]),
		"bulk change": post(
			"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
			doctype=record.doctype,
			docnames=[record.name],
			action="update",
			data={"notes": "From the list"},
		),
		"comment": post(
			"frappe.desk.form.utils.add_comment",
			reference_doctype=record.doctype,
			reference_name=record.name,
			content="Seen",
			comment_email=user,
			comment_by=user,
		),
		"like": post("frappe.desk.like.toggle_like", **named, add="Yes"),
		"tag": post("frappe.desk.doctype.tag.tag.add_tag", tag=f"{TAG}X", dt=record.doctype, dn=record.name),
		"follow": post(
			"frappe.desk.form.document_follow.update_follow",
			doctype=record.doctype,
			doc_name=record.name,
			following=True,
		),
		"assignment": post("frappe.desk.form.assign_to.add", **named, assign_to=[user], description="Do it"),
		"share": post("frappe.share.add", **named, user=user, read=1),
		"share with all": post("frappe.share.add", **named, everyone=1, read=1),
		"file": post(
			"frappe.client.attach_file", **noted, filename="seen.txt", filedata="seen", is_private=1
		),
		"mail": post(
			"frappe.core.doctype.communication.email.make",
			**named,
			recipients=ADDRESS,
			subject="Look",
			content="Look",
		),
		"Kanban": post(
			"frappe.desk.doctype.kanban_board.kanban_board.update_order",
			board_name=board,
			order={"Cancelled": [record.name]},
		),
		"Kanban card": post(
			"frappe.desk.doctype.kanban_board.kanban_board.update_order_for_single_card",
			board_name=board,
			docname=record.name,
			from_colname="Planned",
			to_colname="Held",
			old_index=0,
			new_index=0,
		),
		"delete from the list": post(
			"frappe.desk.reportview.delete_items", doctype=record.doctype, items=[record.name]
		),
		"delete": post("frappe.client.delete", **named),
		"REST v1, deleted": Request(f"/api/resource/{record.doctype}/{record.name}", {}, "DELETE"),
	}


def sending(record: Record) -> dict[str, Request]:
	"""Return the doors that make a PDF, for tests of refusals only, as the machine may lack the programs for it."""
	named = {"doctype": record.doctype, "name": record.name}
	return {
		"PDF": method("frappe.utils.print_format.download_pdf", **named),
		"PDF of many": method(
			"frappe.utils.print_format.download_multi_pdf", doctype=record.doctype, name=[record.name]
		),
	}
