"""CRM Deal: Frappe CRM's deal."""

from crm_interactions.journal.source import Source

SOURCE = Source(
	doctype="CRM Deal",
	title=("organization", "organization_name", "lead_name"),
	party=(("=CRM Organization", "organization"), ("=CRM Lead", "lead")),
	responsible=("deal_owner",),
	status="status",
	origins=(("=CRM Lead", "lead"),),
	icon="crm",
	color="green",
)


def from_chain(chain: dict, participants: list[dict]) -> dict:
	"""Return the field values that a chain provides: owner and organisation or lead; a deal has no title field."""
	values = {"deal_owner": chain["responsible"]}
	field = {"CRM Organization": "organization", "CRM Lead": "lead"}.get(chain["party_type"])
	return {**values, field: chain["party"]} if field else values


def take_contacts(doc, contacts: list[dict]) -> list[dict]:
	"""Append missing contacts to the deal's table, the first as primary if it is empty; return all given contacts."""
	present = {row.contact for row in doc.contacts}
	for row in contacts:
		if row["participant"] in present:
			continue
		person = {"contact": row["participant"], "full_name": row["full_name"], "email": row["email"]}
		doc.append("contacts", {**person, "mobile_no": row["phone"], "is_primary": 0 if doc.contacts else 1})
	return contacts
