"""Updates of interactions by their changed logs: values that a user changed meanwhile stay.

`captured_values` holds what the log said last, and what the server stored of it. A stored value that differs now was
changed by a user.
"""

import json

import frappe
from frappe.utils import cint, get_datetime

from crm_interactions.capture import call_backs, calls, records
from crm_interactions.capture.exchange import CALL, Exchange, from_json
from crm_interactions.chains import locks

KEPT, CONTENT = "captured_values", "content"
# fields that change together: a user who corrected the end has decided on the period
GROUPS = (("status",), ("title",), ("starts_on", "ends_on", "duration"), ("notes",))


def remember(name: str, exchange: Exchange) -> None:
	"""Note the values that the exchange of a call tells, and those stored in its new interaction."""
	_keep(frappe.get_doc(records.INTERACTION, name), _told(exchange))


def update_record(record: dict, exchange: Exchange) -> None:
	"""Write what an exchange says now to its Interaction, unless that is completed, or to its open Captured Item.

	Permissions aren't checked. Only calls change; a sent message doesn't.
	"""
	if exchange.medium != CALL:
		return
	if record["doctype"] == records.INTERACTION:
		_update_interaction(record["name"], exchange)
	else:
		_update_item(record["name"], exchange)


def read_exchange(doc) -> Exchange | None:
	"""Return the exchange of a reported call, given its Interaction or Captured Item, as it was told so far.

	None if it isn't kept, as after the deletion of a person's data.
	"""
	if not doc.get(CONTENT if doc.doctype == records.ITEM else KEPT):
		return None
	if doc.doctype == records.ITEM:
		return from_json(doc.content, doc.notes or "")
	told = json.loads(doc.get(KEPT))["told"]
	return Exchange(
		source=None,
		key=doc.source_key,
		medium=CALL,
		direction=doc.direction,
		address=doc.how_to_reach,
		title=told["title"],
		starts_on=get_datetime(told["starts_on"]),
		notes=told["notes"],
		duration=told["duration"] or None,
		status=told["status"],
	)


def _update_interaction(name: str, exchange: Exchange) -> None:
	if chain := frappe.db.get_value(records.INTERACTION, name, "chain"):
		# before the record, in the app's order of locks
		locks.hold_chain_if_exists(chain)
	doc = frappe.get_doc(records.INTERACTION, name, for_update=True)
	if doc.completed or not doc.get(KEPT):
		return
	kept, told, now = json.loads(doc.get(KEPT)), _told(exchange), _stored(doc)
	if told == kept["told"]:
		return
	for group in GROUPS:
		if all(now[field] == kept["stored"][field] for field in group):
			doc.update({field: told[field] for field in group if told.get(field) != kept["told"].get(field)})
	_append_recording(doc, kept["told"], exchange)
	if doc.status == calls.HELD and now["status"] == calls.NOT_HELD:
		# another phone answered, so no call back is due
		doc.plan_next = 0
	if _stored(doc) != now:
		# also for the call back that is withdrawn
		doc.flags.ignore_permissions = True
		doc.flags.is_measured = True
		# the log's system reports a call of any user
		doc.save(ignore_permissions=True)
	# a field that a user changed stays theirs
	theirs = {field: value for field, value in kept["stored"].items() if now[field] != value}
	_keep(doc, told, theirs)
	call_backs.plan_safely(name)


def _append_recording(doc, known: dict, exchange: Exchange) -> None:
	"""Append a new link to a recording to notes that a user has changed."""
	link = calls.link_in(exchange.notes)
	if link and link not in known["notes"] and doc.notes != exchange.notes:
		doc.notes = (doc.notes or "") + link


def _keep(doc, told: dict, theirs: dict | None = None) -> None:
	kept = {"told": told, "stored": {**_stored(doc), **(theirs or {})}}
	# no new `modified`: a form that is open has not become outdated
	frappe.db.set_value(doc.doctype, doc.name, KEPT, json.dumps(kept), update_modified=False)


def _told(exchange: Exchange) -> dict:
	return {
		"status": exchange.status,
		"title": records.title_of(exchange),
		"starts_on": records.start_of(exchange).isoformat(sep=" "),
		"duration": cint(exchange.duration),
		"notes": exchange.notes,
	}


def _stored(doc) -> dict:
	return {field: _plain(field, doc.get(field)) for group in GROUPS for field in group}


def _plain(field: str, value):
	if field in ("starts_on", "ends_on"):
		return get_datetime(value).replace(microsecond=0).isoformat(sep=" ") if value else None
	return cint(value) if field == "duration" else value or ""


def _update_item(name: str, exchange: Exchange) -> None:
	doc = frappe.get_doc(records.ITEM, name, for_update=True)
	changed = {
		field: value for field, value in records.told_values(exchange).items() if doc.get(field) != value
	}
	if doc.status == records.TO_ASSIGN and changed:
		doc.update(changed)
		# users only assign items
		doc.save(ignore_permissions=True)
