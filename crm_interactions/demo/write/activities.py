"""Creation of planned activities, each by its responsible user."""

from dataclasses import dataclass, field
from datetime import timedelta

import frappe

from crm_interactions.demo import people
from crm_interactions.demo.planned import Activity
from crm_interactions.demo.write import surroundings
from crm_interactions.demo.write.rooms import Reservations


@dataclass
class Names:
	"""Names of the story's records on this site."""

	parties: dict[str, tuple[str, str]] = field(default_factory=dict)
	contacts: dict[tuple[str, str], str] = field(default_factory=dict)
	regions: dict[str, str] = field(default_factory=dict)
	sources: dict[str, str] = field(default_factory=dict)
	chains: dict[int, str] = field(default_factory=dict)
	rooms: Reservations = field(default_factory=Reservations)


def create(activity: Activity, names: Names):
	"""Insert an activity as its responsible user, with a resource and a file, if any, and return the document.

	The responsible user stays the session's user, and `names` gets the document's chain and the resource's booking.
	"""
	user = people.BY_KEY[activity.responsible].email
	if frappe.session.user != user:
		frappe.set_user(user)
	fields = _common(activity, names)
	if activity.doctype == "Product Record":
		fields.update(_product_record(activity))
	else:
		fields.update(_interaction(activity, names))
	if activity.doctype == "Meeting":
		fields.update(_meeting(activity, names))
	doc = frappe.get_doc({key: value for key, value in fields.items() if value not in ("", None)})
	if activity.completed:
		doc.flags.completed_on = activity.ends_on + timedelta(minutes=5)
	doc.insert()
	names.chains[activity.chain] = doc.chain
	if activity.file:
		_attach(activity, doc)
	return doc


def _common(activity: Activity, names: Names) -> dict:
	party_type, party = names.parties[activity.partner.name]
	return {
		"doctype": activity.doctype,
		"party_type": party_type,
		"party": party,
		"contact": names.contacts[activity.partner.name, activity.contact.email],
		"chain": names.chains.get(activity.chain),
		"responsible": frappe.session.user,
		"starts_on": activity.starts_on,
		"notes": f"<p>{frappe.utils.escape_html(activity.notes)}</p>",
		"amount": activity.amount,
		"currency": activity.partner.currency if activity.amount else None,
	}


def _product_record(activity: Activity) -> dict:
	return {"product": activity.title, "kind": activity.kind, "quantity": activity.quantity}


def _interaction(activity: Activity, names: Names) -> dict:
	entries = [{"dictionary": surroundings.REGION, "value": names.regions[activity.partner.region]}]
	if activity.source:
		entries.append({"dictionary": surroundings.SOURCE, "value": names.sources[activity.source]})
	return {
		"interaction_type": activity.kind,
		"direction": activity.direction,
		"title": activity.title,
		"reason": activity.reason,
		"status": activity.status,
		"outcome": activity.outcome,
		"priority": activity.priority,
		"category": activity.category,
		"how_to_reach": activity.how_to_reach,
		"ends_on": activity.ends_on,
		"rating": activity.rating / 5,
		"dictionary_values": entries,
		"products": _products(activity),
		"completed": int(activity.completed),
		"under_control": int(bool(activity.control_on)),
		"control_on": activity.control_on,
	}


def _products(activity: Activity) -> list[dict]:
	if not activity.product:
		return []
	return [{"product": activity.product, "quantity": activity.quantity, "amount": activity.amount}]


def _meeting(activity: Activity, names: Names) -> dict:
	currency = activity.partner.currency
	return {
		"place": activity.place,
		"agenda": f"<p>{frappe.utils.escape_html(activity.agenda)}</p>",
		"participants": _participants(activity, names),
		"resources": names.rooms.book(activity),
		"expected_cost": activity.expected_cost,
		"expected_cost_currency": currency if activity.expected_cost else None,
		"actual_cost": activity.actual_cost,
		"actual_cost_currency": currency if activity.actual_cost else None,
	}


def _participants(activity: Activity, names: Names) -> list[dict]:
	attended = int(activity.status == "Held")
	rows = [
		{"participant_type": "Contact", "participant": names.contacts[activity.partner.name, contact.email]}
		for contact in activity.attendees
	]
	rows.append({"participant_type": "User", "participant": frappe.session.user, "side": "Ours"})
	if activity.with_technician:
		rows.append({**people.TECHNICIAN, "side": "Ours"})
	return [{**row, "attended": attended} for row in rows]


def _attach(activity: Activity, doc) -> None:
	label = frappe.scrub(doc.name).replace("_", "-")
	frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{activity.file}-{label}.txt",
			"attached_to_doctype": doc.doctype,
			"attached_to_name": doc.name,
			"is_private": 1,
			"content": f"{activity.title}\n{activity.partner.name}\n\n{activity.notes}\n",
		}
	).insert()
