"""Attempts of a user to gain access to another user's record: each relation, through each door that writes it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import frappe

from tests.permissions.doors import Request, post
from tests.permissions.doors_of_writing import bulk_edit

SAVE = "frappe.desk.form.save.savedocs"
Door = tuple[str, Request]  # name and request


@dataclass
class Victim:
	"""A record without a relation to the attacker, with its chain and file."""

	doctype: str
	name: str
	chain: str
	file_url: str
	file: str
	owner: str
	audience: str


@dataclass
class Attacker:
	"""A user, and the names of their records that attempts can start from, by document type or description."""

	user: str
	own: dict[str, str] = field(default_factory=dict)


def inserting(doctype: str, values: dict) -> Iterator[Door]:
	"""Yield each Frappe door that inserts a document."""
	doc = {"doctype": doctype, **values}
	new = {**doc, "__islocal": 1, "name": f"new-{frappe.scrub(doctype)}-1"}
	yield "REST v1", _sent(f"/api/resource/{doctype}", values)
	yield "REST v2", _sent(f"/api/v2/document/{doctype}", values)
	yield "client.insert", post("frappe.client.insert", doc=doc)
	yield "client.insert_many", post("frappe.client.insert_many", docs=[doc])
	yield "client.save", post("frappe.client.save", doc=new)
	yield "savedocs", post(SAVE, doc=json.dumps(new), action="Save")
	yield "Data Import", _sent("/api/resource/Data Import", _import(doctype, "Insert New Records"))


def changing(doctype: str, name: str, values: dict) -> Iterator[Door]:
	"""Yield each Frappe door that changes a document."""
	doc = {**frappe.get_doc(doctype, name).as_dict(convert_dates_to_str=True), **values}
	yield "REST v1, PUT", _sent(f"/api/resource/{doctype}/{name}", values, "PUT")
	yield "REST v2, PATCH", _sent(f"/api/v2/document/{doctype}/{name}/", values, "PATCH")
	yield "client.set_value", post("frappe.client.set_value", doctype=doctype, name=name, fieldname=values)
	row = {"doctype": doctype, "docname": name, **values}
	yield "client.bulk_update", post("frappe.client.bulk_update", docs=[row])
	yield "client.save", post("frappe.client.save", doc=doc)
	yield "savedocs", post(SAVE, doc=json.dumps(doc), action="Save")
	yield "bulk edit", bulk_edit(doctype, name, values)
	yield "Data Import", _sent("/api/resource/Data Import", _import(doctype, "Update Existing Records"))


def merging(doctype: str, old: str, new: str) -> Iterator[Door]:
	path = "frappe.model.rename_doc.update_document_title"
	yield "merge by title", post(path, doctype=doctype, docname=old, name=new, merge=True)
	yield "rename_doc", post("frappe.client.rename_doc", doctype=doctype, old_name=old, new_name=new, merge=1)


def restoring(deleted: str) -> Iterator[Door]:
	path = "frappe.core.doctype.deleted_document.deleted_document"
	yield "restore", post(f"{path}.restore", name=deleted)
	yield "bulk restore", post(f"{path}.bulk_restore", docnames=[deleted])


def attempts_at(victim: Victim, attacker: Attacker, relations: Iterable[str]) -> dict[str, list[Door]]:
	"""Return the attempts at a record, by relation."""
	return {relation: [*RELATIONS[relation](victim, attacker)] for relation in relations}


def _sent(path: str, values: dict, verb: str = "POST") -> Request:
	return Request(path, values, verb, as_json=True)


def _import(doctype: str, kind: str) -> dict:
	return {"reference_doctype": doctype, "import_type": kind, "import_file": "/private/files/none.csv"}


def _owner(victim: Victim, attacker: Attacker):
	yield from changing(victim.doctype, victim.name, {"owner": attacker.user})
	yield from restoring(attacker.own["deleted activity"])


def _responsible(victim: Victim, attacker: Attacker):
	yield from changing(victim.doctype, victim.name, {"responsible": attacker.user})


def _participant(victim: Victim, attacker: Attacker):
	if not frappe.get_meta(victim.doctype).has_field("participants"):
		return
	row = {"participant_type": "User", "participant": attacker.user, "side": "Ours"}
	yield from changing(victim.doctype, victim.name, {"participants": [row]})
	of = {"parent": victim.name, "parenttype": victim.doctype, "parentfield": "participants"}
	yield from inserting("Interaction Participant", {**row, **of})
	for name in frappe.get_all("Interaction Participant", {"parent": victim.name}, pluck="name"):
		yield from changing("Interaction Participant", name, row)


def _contact_user(victim: Victim, attacker: Attacker):
	taking_part = {"parent": victim.name, "participant_type": "Contact"}
	for name in frappe.get_all("Interaction Participant", taking_part, pluck="participant"):
		yield from changing("Contact", name, {"user": attacker.user})
		yield from merging("Contact", name, attacker.own["Contact"])
	yield from inserting("Contact", {"first_name": "Second", "user": attacker.user})


def _employee_user(victim: Victim, attacker: Attacker):
	taking_part = {"parent": victim.name, "participant_type": "Employee"}
	for name in frappe.get_all("Interaction Participant", taking_part, pluck="participant"):
		yield from changing("Employee", name, {"user_id": attacker.user})


def _reporting_line(victim: Victim, attacker: Attacker):
	pair = {"supervisor": attacker.user, "user": victim.owner, "is_self": 0, "people": 1}
	yield from inserting("Interaction Reporting Line", pair)
	for name in frappe.get_all("Interaction Reporting Line", {"user": victim.owner}, pluck="name", limit=1):
		yield from changing("Interaction Reporting Line", name, {"supervisor": attacker.user})
	if frappe.db.exists("DocType", "Employee"):
		for name in frappe.get_all("Employee", {"user_id": ("is", "set")}, pluck="name", limit=1):
			yield from changing("Employee", name, {"reports_to": name, "user_id": attacker.user})


def _assignment(victim: Victim, attacker: Attacker):
	about = {"reference_type": victim.doctype, "reference_name": victim.name}
	task = {"description": "x", "allocated_to": attacker.user, **about}
	yield from inserting("ToDo", task)
	yield from inserting("ToDo", {**task, "assignment_rule": "None", "assigned_by": victim.owner})
	yield from changing("ToDo", attacker.own["ToDo"], about)
	for name in frappe.get_all("ToDo", {"reference_name": victim.name}, pluck="name"):
		yield from changing("ToDo", name, {"allocated_to": attacker.user})
	if closed := attacker.own.get(f"closed ToDo {victim.doctype}"):
		yield from changing("ToDo", closed, {"status": "Open"})
	named = {"doctype": victim.doctype, "assign_to": [attacker.user], "description": "x"}
	path = "frappe.desk.form.assign_to"
	yield "assign_to.add", post(f"{path}.add", name=victim.name, **named)
	yield "assign_to.add_multiple", post(f"{path}.add_multiple", name=[victim.name], **named)
	yield from restoring(attacker.own["deleted ToDo"])


def _share(victim: Victim, attacker: Attacker):
	named = {"share_doctype": victim.doctype, "share_name": victim.name}
	for whom in ({"user": attacker.user}, {"everyone": 1}):
		yield from inserting("DocShare", {**named, **whom, "read": 1, "write": 1})
		what = {"doctype": victim.doctype, "name": victim.name, **whom}
		yield "share.add", post("frappe.share.add", **what, read=1, write=1)
	what = {"doctype": victim.doctype, "name": victim.name, "user": attacker.user}
	yield "set_permission", post("frappe.share.set_permission", **what, permission_to="write")
	what = {"doctype": "Interaction Chain", "name": victim.chain, "user": attacker.user}
	yield "share.add of the chain", post("frappe.share.add", **what, read=1, write=1)


def _team(victim: Victim, attacker: Attacker):
	team = {"team_name": f"Mine {frappe.generate_hash(length=6)}", "leader": attacker.user}
	yield from inserting("Interaction Team", {**team, "members": [{"user": victim.owner}]})
	for name in frappe.get_all("Interaction Team", pluck="name", limit=1):
		yield from changing("Interaction Team", name, {"leader": attacker.user})
		row = {"parent": name, "parenttype": "Interaction Team", "parentfield": "members"}
		yield from inserting("Interaction Team Member", {**row, "user": victim.owner})
	settings = "CRM Interactions Settings"
	yield from changing(settings, settings, {"visibility": "Everyone"})
	yield from changing(settings, settings, {"see_all_roles": [{"role": "Interaction User"}]})


def _hand_over(victim: Victim, attacker: Attacker):
	record = {"from_user": victim.owner, "to_user": attacker.user, "asked_by": attacker.user}
	yield from inserting("Interaction Hand Over", {**record, "status": "Done"})
	others = {"doctype": "Interaction Hand Over", **record, "to_user": "Administrator", "status": "Done"}
	name = frappe.get_doc(others).insert(ignore_permissions=True).name
	yield from changing("Interaction Hand Over", name, {"to_user": attacker.user})
	shown = {"document_type": victim.doctype, "document": victim.name, "result": "History Shown"}
	yield from inserting("Interaction Hand Over Entry", {**shown, "hand_over": name})
	users = {"from_user": victim.owner, "to_user": attacker.user}
	yield "hand_over", post("crm_interactions.api.oversight.hand_over", **users)


def _audience(victim: Victim, attacker: Attacker):
	yield from inserting("Activity Audience", {"audience": victim.audience, "user": attacker.user})
	yield from changing(victim.doctype, victim.name, {"audience": attacker.own["audience"]})


def _chain(victim: Victim, attacker: Attacker):
	yield from _chain_by_reference(victim, attacker)
	yield from _chain_by_choice(victim, attacker)
	own = {"activity_type": "Interaction", "activity": attacker.own["Interaction"]}
	path, target = "crm_interactions.api.chain.link", {"target_type": victim.doctype, "target": victim.name}
	yield "chain.link", post(path, **own, **target)
	back = {"activity_type": victim.doctype, "activity": victim.name}
	target = {"target_type": own["activity_type"], "target": own["activity"]}
	yield "chain.link, the other way", post(path, **back, **target)
	yield from inserting("Activity Link", {**own, "chain": victim.chain, "title": "x"})
	for name in frappe.get_all("Activity Link", own, pluck="name"):
		yield from changing("Activity Link", name, {"chain": victim.chain})
	own_chain = frappe.db.get_value("Interaction", own["activity"], "chain")
	yield from changing("Interaction Chain", own_chain, {"merged_into": victim.chain, "status": "Merged"})
	yield from changing("Interaction Chain", victim.chain, {"title": "Mine", "responsible": attacker.user})
	log = {"action": "Join", "chain": own_chain, "other_chain": victim.chain}
	yield from inserting("Interaction Chain Log", log)


def _chain_by_reference(victim: Victim, attacker: Attacker):
	"""Yield attempts with other apps' documents that refer to the record."""
	row = {"reference_doctype": victim.doctype, "reference_docname": victim.name}
	event = {"subject": "x", "starts_on": str(frappe.utils.now_datetime()), "event_type": "Private"}
	yield from inserting("Event", {**event, "event_participants": [row]})
	yield from inserting("Event", {**event, **row})
	yield from changing("Event", attacker.own["Event"], {"event_participants": [row]})
	mail = {"communication_type": "Communication", "subject": "x", "content": "x"}
	about = {"reference_doctype": victim.doctype, "reference_name": victim.name}
	yield from inserting("Communication", {**mail, **about})
	chain = {"reference_type": "Interaction Chain", "reference_name": victim.chain}
	yield from inserting("ToDo", {"description": "x", "allocated_to": attacker.user, **chain})
	yield from restoring(attacker.own["deleted Event"])


def _chain_by_choice(victim: Victim, attacker: Attacker):
	mine = attacker.own["Interaction"]
	party = frappe.db.get_value("Interaction", mine, ["party_type", "party"], as_dict=True)
	call = {**party, "title": "x", "interaction_type": "Phone Call", "how_to_reach": "+385 1 4567 890"}
	yield from inserting("Interaction", {**call, "chain": victim.chain})
	planned_by = {"planned_by_type": victim.doctype, "planned_by": victim.name}
	yield from inserting("Interaction", {**call, **planned_by})
	yield from changing("Interaction", mine, {"chain": victim.chain})
	about = {"subject_type": "Event", "subject": attacker.own["hidden subject"]}
	yield from inserting("Interaction", {**call, **about})
	if frappe.db.exists("DocType", "Opportunity"):
		deal = {"opportunity_from": party.party_type, "party_name": party.party}
		yield from inserting("Opportunity", {**deal, "interaction_chain": victim.chain})


def _attachment(victim: Victim, attacker: Attacker):
	own = {"attached_to_doctype": "Interaction", "attached_to_name": attacker.own["Interaction"]}
	url, name = victim.file_url, victim.file_url.rpartition("/")[2]
	yield from inserting("File", {"file_url": url, "is_private": 1, **own})
	yield from inserting("File", {"file_url": url, "is_private": 1})
	quoted = url.replace("files/", "files/%2e%2e/files/")
	yield from inserting("File", {"file_url": quoted, "is_private": 1, **own})
	yield from inserting("File", {"file_name": name, "is_private": 1, **own})
	yield from inserting("File", {"file_name": name, "file_url": url, "is_private": 0, **own})
	yield from changing("File", attacker.own["File"], {"file_url": url})
	for values in (own, {"is_private": 0}, {"owner": attacker.user}):
		yield from changing("File", victim.file, values)


RELATIONS = {
	"owner": _owner,
	"responsible": _responsible,
	"participant": _participant,
	"contact's user": _contact_user,
	"employee's user": _employee_user,
	"reporting line": _reporting_line,
	"assignment": _assignment,
	"share": _share,
	"team": _team,
	"hand-over": _hand_over,
	"audience": _audience,
	"chain": _chain,
	"attachment": _attachment,
}
# relations that are written on the record or contain its document type; the others are the same for each type
OF_EACH_TYPE = ("owner", "responsible", "participant", "assignment", "share", "attachment")
