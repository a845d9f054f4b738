"""Replacement of an app's partners with the app's own Partner before that app is uninstalled (R30).

Activities outlive that app, and a link to a missing document type would keep an activity from being saved.
"""

import frappe
from frappe.utils import now

from crm_interactions.apps.installed import app_of
from crm_interactions.chains import detachment
from crm_interactions.setup.document_types import OWN_PARTY_TYPE

ACTIVITIES = ("Interaction", "Meeting", "Product Record")
PARTICIPANTS = ("Interaction Participant",)
# document types that Frappe links to partners
BELONGING = ("Contact", "Address")


def replace_partners(app_name: str) -> bool:
	"""Replace activities' partners of an app by new Partner records before its removal, ignoring permissions.

	Activities, journal, chains, contacts and addresses name the new partner. Subjects and participants' links to the
	app's records are cleared; participants keep their names as text. Changed activities get a new `modified`.

	Returns: whether activities had such partners.
	"""
	leaving = _leaving(ACTIVITIES, "party_type", app_name)
	for doctype in leaving:
		for party, title in _parties(doctype).items():
			_move(doctype, party, _successor(party, title))
	_clear(ACTIVITIES, "subject_type", "subject", app_name)
	detachment.detach_subjects(app_name)
	# name and contact details of a participant stay in the row as text
	_clear(PARTICIPANTS, "participant_type", "participant", app_name)
	return bool(leaving)


def _leaving(tables: tuple[str, ...], type_field: str, app_name: str) -> list[str]:
	"""Return the document types of the app to which these tables refer."""
	used = set()
	for table in tables:
		filters = {type_field: ("is", "set")}
		used |= set(
			frappe.get_all(table, filters, pluck=type_field, distinct=True, order_by=f"{type_field} asc")
		)
	return sorted(doctype for doctype in used if app_of(doctype) == app_name)


def _parties(doctype: str) -> dict[str, str]:
	"""Return name → title of the partners of this type that activities have."""
	titles = {}
	for activity in ACTIVITIES:
		rows = frappe.get_all(
			activity,
			{"party_type": doctype, "party": ("is", "set")},
			["party", "party_name"],
			distinct=True,
			order_by="party asc",
		)
		titles.update({row.party: row.party_name or row.party for row in rows})
	return titles


def _successor(party: str, title: str) -> str:
	"""Insert a Partner and return its name; partners with the same title stay separate."""
	name = f"{title} ({party})" if frappe.db.exists(OWN_PARTY_TYPE, title) else title
	partner = frappe.get_doc({"doctype": OWN_PARTY_TYPE, "partner_name": name})
	return partner.insert(ignore_permissions=True).name  # setup acts for the site, not for a user


def _move(doctype: str, party: str, successor: str) -> None:
	for activity in ACTIVITIES:
		table = frappe.qb.DocType(activity)
		(
			frappe.qb.update(table)
			.set(table.party_type, OWN_PARTY_TYPE)
			.set(table.party, successor)
			.set(table.party_name, successor)
			# a new timestamp keeps open forms from writing the old partner back
			.set(table.modified, now())
			.where((table.party_type == doctype) & (table.party == party))
		).run()
	detachment.replace_party((doctype, party), (OWN_PARTY_TYPE, successor))
	link = frappe.qb.DocType("Dynamic Link")
	(
		frappe.qb.update(link)
		.set(link.link_doctype, OWN_PARTY_TYPE)
		.set(link.link_name, successor)
		.set(link.link_title, successor)
		.where(link.parenttype.isin(BELONGING) & (link.link_doctype == doctype) & (link.link_name == party))
	).run()


def _clear(tables: tuple[str, ...], type_field: str, name_field: str, app_name: str) -> None:
	leaving = _leaving(tables, type_field, app_name)
	if leaving:
		for name in tables:
			table = frappe.qb.DocType(name)
			(
				frappe.qb.update(table)
				.set(table[type_field], None)
				.set(table[name_field], None)
				.set(table.modified, now())
				.where(table[type_field].isin(leaving))
			).run()
