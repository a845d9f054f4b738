"""Use the app as a real site does, so that uninstalling has records to remove.

Run as a script in the bench's Python, from the `sites` folder: use.py SITE. Records of other document types (a user,
a contact, an e-mail, an event) stay after uninstalling; a second run reuses them.
"""

import json
import sys
from pathlib import Path

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_field
from frappe.custom.doctype.property_setter.property_setter import make_property_setter
from frappe.desk.doctype.tag.tag import add_tag
from frappe.desk.form import assign_to
from frappe.model.rename_doc import rename_doc
from frappe.model.utils.user_settings import save as save_user_settings
from frappe.utils import add_to_date, now_datetime

from crm_interactions.chains import closing, joining, splitting, undoing
from crm_interactions.reminders import digest, reminders
from tests.site import factories, post

USER = "lifecycle@example.com"


def main(site: str) -> None:
	frappe.init(site=site)
	frappe.connect()
	frappe.flags.mute_emails = True
	user = factories.user(USER, "Interaction User", "Interaction Manager")
	partner = _once(factories.partner_type(), "Lifecycle Ltd", lambda: factories.partner("Lifecycle Ltd"))
	call = record(partner)
	discuss(call)
	mention(call, partner)
	remind(partner)
	customise(call)
	look(user, call)
	frappe.db.commit()
	frappe.destroy()


def record(partner):
	"""Record activities of every type, complete one, delete one and rename a dictionary value. Return the first call."""
	contact = _once("Contact", "Mila Lifecycle", lambda: factories.contact(None, "Mila", "Lifecycle"))
	if not contact.has_link(partner.doctype, partner.name):
		contact.append("links", {"link_doctype": partner.doctype, "link_name": partner.name})
		contact.save()
	about = {"contact": contact.name, "category": "Order Fulfilment"}
	call = factories.interaction(partner, starts_on="2026-01-05 09:00:00", **about)
	factories.meeting(partner, starts_on="2026-01-06 09:00:00")
	factories.product_record(partner)
	done = factories.interaction(partner, title="Delivery", starts_on="2026-01-07 09:00:00", completed=1)
	assert done.completed
	factories.interaction(partner, title="A mistake", starts_on="2026-01-08 09:00:00").delete()
	link(call, done)
	rename_doc("Interaction Category", "Order Fulfilment", "Orders", force=True)
	return call.reload()


def link(call, done) -> None:
	"""Join two chains, unlink, undo that and close the chain, so that the log has rows."""
	joining.join((done.doctype, done.name), (call.doctype, call.name))
	undoing.undo_entry(splitting.unlink(done.doctype, done.name)["log"])
	closing.close(call.chain, "Delivered")


def discuss(call) -> None:
	"""Add Frappe's attachments to a record: comment, files, assignment, share, tag, version and view."""
	call.add_comment("Comment", "They want it sooner")
	named = {"doctype": call.doctype, "name": call.name}
	about = {"attached_to_doctype": call.doctype, "attached_to_name": call.name}
	for is_private in (0, 1):
		file = {"file_name": f"offer{is_private}.txt", "content": f"Offer {is_private}"}
		frappe.get_doc({"doctype": "File", **file, **about, "is_private": is_private}).insert()
	assign_to.add({"assign_to": [USER], **named, "description": "Call back"})
	frappe.share.add(**named, user=USER, write=1)
	add_tag("urgent", call.doctype, call.name)
	call.reload().update({"title": "Price of two pumps"}).save()
	call.add_viewed(force=True)


def mention(call, partner) -> None:
	"""Link other document types' records, an e-mail and an event, to the app's."""
	mail = _once("Communication", "Lifecycle mail", _mail, key="subject")
	mail.db_set({"reference_doctype": call.doctype, "reference_name": call.name}, update_modified=False)
	event = _once("Event", "Lifecycle visit", _event, key="subject")
	listed = {(row.reference_doctype, row.reference_docname) for row in event.event_participants}
	for doc in (partner, call):
		if (doc.doctype, doc.name) not in listed:
			# only the row, as each save of an event adds an e-mail to its timeline
			named = {"reference_doctype": doc.doctype, "reference_docname": doc.name}
			event.append("event_participants", named).db_insert()


def remind(partner) -> None:
	"""Send a reminder and a digest, as notifications and e-mails."""
	post.account()
	frappe.db.set_value("Notification Settings", USER, "enable_email_notifications", 1)
	planned = {"starts_on": add_to_date(None, days=-1), "status": "Planned"}
	late = factories.interaction(partner, title="Forgotten", responsible=USER, **planned)
	assert reminders.send_due_reminders()["Sent"]
	assert digest.send_due_digests(now_datetime().replace(hour=23))["Sent"]
	for doctype, field in (("Notification Log", "document_name"), ("Email Queue", "reference_name")):
		assert frappe.db.exists(doctype, {field: late.name}), doctype


def customise(call) -> None:
	"""Add an administrator's customisations of the app's document types."""
	region = {"fieldname": "region", "label": "Region", "fieldtype": "Data", "insert_after": "title"}
	category = {"fieldtype": "Link", "options": "Interaction Category"}
	create_custom_field(call.doctype, region)
	create_custom_field("Contact", {"fieldname": "usual_category", "label": "Usual Category", **category})
	make_property_setter(call.doctype, "title", "label", "Subject of the Call", "Data")
	for record in json.loads((Path(__file__).parent / "customisations.json").read_text(encoding="utf-8")):
		if not (record.get("name") and frappe.db.exists(record["doctype"], record["name"])):
			frappe.get_doc(record).insert()


def look(user, call) -> None:
	"""Add the traces of browsing: list settings, route history, search index and default app."""
	frappe.set_user(USER)
	filters = [[call.doctype, "status", "=", "Held"]]
	save_user_settings(call.doctype, json.dumps({"List": {"filters": filters}}))
	route = {"doctype": "Route History", "route": f"List/{call.doctype}/List", "user": USER}
	frappe.get_doc(route).insert(ignore_permissions=True)
	frappe.set_user("Administrator")
	# as Frappe's jobs write them from its cache
	_insert("__UserSettings", {"user": USER, "doctype": "Meeting", "data": "{}"})
	_insert("__global_search", {"doctype": call.doctype, "name": call.name, "content": call.title})
	user.reload().update({"default_app": "crm_interactions"}).save()


def _insert(table: str, row: dict) -> None:
	frappe.qb.into(frappe.qb.Table(table)).columns(*row).insert(*row.values()).run()


def _once(doctype: str, title: str, make, key: str = "name"):
	found = frappe.db.get_value(doctype, {key: title})
	return frappe.get_doc(doctype, found) if found else make()


def _mail():
	mail = {"subject": "Lifecycle mail", "communication_type": "Communication", "content": "Hello"}
	return frappe.get_doc({"doctype": "Communication", **mail, "sent_or_received": "Received"}).insert()


def _event():
	visit = {"subject": "Lifecycle visit", "starts_on": "2026-01-06 09:00:00", "event_type": "Private"}
	return frappe.get_doc({"doctype": "Event", **visit}).insert()


if __name__ == "__main__":
	main(*sys.argv[1:])
