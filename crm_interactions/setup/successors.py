"""Activities outlive the app that their partners came from: before it goes, a Partner takes the place of each (R30).

A link to a document type that is gone would keep an activity from ever being saved again.
"""

import frappe
from frappe.utils import now

from crm_interactions.apps.installed import app_of
from crm_interactions.chains import detachment
from crm_interactions.setup.document_types import OWN_PARTY_TYPE

ACTIVITIES = ("Interaction", "Meeting", "Product Record")
PARTICIPANTS = ("Interaction Participant",)
# what belongs to a partner, by the platform's own link
BELONGING = ("Contact", "Address")


def replace_partners(app_name: str) -> bool:
	"""Replace partners of an app that is being uninstalled, and take out what else points to its records.

	Returns: whether there were such partners.
	"""
	leaving = _leaving(ACTIVITIES, "party_type", app_name)
	for doctype in leaving:
		for party, title in _parties(doctype).items():
			_move(doctype, party, _successor(party, title))
	_clear(ACTIVITIES, "subject_type", "subject", app_name)
	detachment.subjects_leave(app_name)
	# a participant's name and contact data are in the row as text
	_clear(PARTICIPANTS, "participant_type", "participant", app_name)
	return bool(leaving)


def _leaving(tables: tuple[str, ...], type_field: str, app_name: str) -> list[str]:
	"""Return the document types of the app that these tables point to."""
	used = set()
	for table in tables:
		filters = {type_field: ("is", "set")}
		used |= set(
			frappe.get_all(table, filters, pluck=type_field, distinct=True, order_by=f"{type_field} asc")
		)
	return sorted(doctype for doctype in used if app_of(doctype) == app_name)


def _parties(doctype: str) -> dict[str, str]:
	"""Return the title of each partner of this type that an activity has."""
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
	"""Make the partner; two of the same title stay two."""
	name = f"{title} ({party})" if frappe.db.exists(OWN_PARTY_TYPE, title) else title
	partner = frappe.get_doc({"doctype": OWN_PARTY_TYPE, "partner_name": name})
	return partner.insert(ignore_permissions=True).name  # set-up acts for the site, not for a user


def _move(doctype: str, party: str, successor: str) -> None:
	for activity in ACTIVITIES:
		table = frappe.qb.DocType(activity)
		(
			frappe.qb.update(table)
			.set(table.party_type, OWN_PARTY_TYPE)
			.set(table.party, successor)
			.set(table.party_name, successor)
			# a form that was opened before must not write the old partner back
			.set(table.modified, now())
			.where((table.party_type == doctype) & (table.party == party))
		).run()
	detachment.party_leaves((doctype, party), (OWN_PARTY_TYPE, successor))
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
