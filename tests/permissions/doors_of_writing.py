"""Frappe's doors that change, send or print a record with a known name, or its attachments."""

from tests.permissions.doors import Request, method, post
from tests.permissions.people import RUN
from tests.permissions.traces import TAG
from tests.permissions.world import Record

BOARD = f"Board {RUN}"
FORM = "frappe.desk.form"
KANBAN = "frappe.desk.doctype.kanban_board.kanban_board"


def writing(record: Record, user: str) -> dict[str, Request]:
	"""Return the doors in an order in which a user with the rights can use them all.

	Args:
		user: the user who sends the requests and gets the assignment and the share.
	"""
	doctype, name = record.doctype, record.name
	named, listed = {"doctype": doctype, "name": name}, {"doctype": doctype, "docname": name}
	followed = {"doctype": doctype, "doc_name": name}
	mail = {"recipients": "customer@example.com", "subject": "Look", "content": "Look"}
	card = {"from_colname": "Planned", "to_colname": "Held", "old_index": 0, "new_index": 0}
	return {
		"REST v1": Request(f"/api/resource/{doctype}/{name}", {"notes": "By REST"}, "PUT"),
		"REST v2": Request(f"/api/v2/document/{doctype}/{name}", {"notes": "By v2"}, "PATCH"),
		"value": post("frappe.client.set_value", **named, fieldname="notes", value="Changed"),
		"values": post("frappe.client.bulk_update", docs=[{**listed, "notes": "In bulk"}]),
		"bulk change": bulk_edit(doctype, name, {"notes": "From the list"}),
		"like": post("frappe.desk.like.toggle_like", **named, add="Yes"),
		"follow": post(f"{FORM}.document_follow.update_follow", **followed, following=True),
		**attaching(doctype, name, user),
		"share with all": post("frappe.share.add", **named, everyone=1, read=1),
		"mail": post("frappe.core.doctype.communication.email.make", **named, **mail),
		"Kanban": post(f"{KANBAN}.update_order", board_name=BOARD, order={"Cancelled": [name]}),
		"Kanban card": post(f"{KANBAN}.update_order_for_single_card", board_name=BOARD, docname=name, **card),
		"delete from the list": post("frappe.desk.reportview.delete_items", doctype=doctype, items=[name]),
		"delete": post("frappe.client.delete", **named),
		"REST v1, deleted": Request(f"/api/resource/{doctype}/{name}", {}, "DELETE"),
	}


def attaching(doctype: str, name: str, user: str) -> dict[str, Request]:
	"""Return the doors that attach something to a document: a comment, a tag, an assignment, a share, a file."""
	named = {"doctype": doctype, "name": name}
	about = {"reference_doctype": doctype, "reference_name": name}
	comment = {"content": "Seen", "comment_email": user, "comment_by": user}
	file = {"filename": "seen.txt", "filedata": "seen", "is_private": 1}
	return {
		"comment": post(f"{FORM}.utils.add_comment", **about, **comment),
		"tag": post("frappe.desk.doctype.tag.tag.add_tag", tag=f"{TAG}X", dt=doctype, dn=name),
		"assignment": post(f"{FORM}.assign_to.add", **named, assign_to=[user], description="Do it"),
		"share": post("frappe.share.add", **named, user=user, read=1),
		"file": post("frappe.client.attach_file", doctype=doctype, docname=name, **file),
	}


def bulk_edit(doctype: str, name: str, values: dict) -> Request:
	path = "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs"
	return post(path, doctype=doctype, docnames=[name], action="update", data=values)


def sending(record: Record) -> dict[str, Request]:
	"""Return the doors that make a PDF, for tests of refusals only, as the machine may lack the programs for it."""
	path, doctype, name = "frappe.utils.print_format", record.doctype, record.name
	return {
		"PDF": method(f"{path}.download_pdf", doctype=doctype, name=name),
		"PDF of many": method(f"{path}.download_multi_pdf", doctype=doctype, name=[name]),
	}
