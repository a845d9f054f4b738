"""Issue: a claim or a request for support in ERPNext."""

from crm_interactions.integrations.erpnext import parties
from crm_interactions.integrations.frappe.references import party_among
from crm_interactions.journal.source import Source


def party_of(doc) -> tuple[str, str] | None:
	"""Return the issue's customer, else its lead, else its contact's partner; only configured partner types count."""
	named = parties.first_allowed(("Customer", doc.customer), ("Lead", doc.lead))
	return named or party_among([("Contact", doc.contact)])


SOURCE = Source(
	doctype="Issue",
	date=("opening_date",),
	title=("subject",),
	status="status",
	direction="Incoming",
	origins=(("=Issue", "issue_split_from"), ("=Project", "project")),
	party_of=party_of,
	icon="support",
	color="red",
)


def from_chain(chain: dict, participants: list[dict]) -> dict:
	"""Return the field values that a chain provides: its title and, if it is a customer or a lead, its partner."""
	values = {"subject": chain["title"]}
	field = {"Customer": "customer", "Lead": "lead"}.get(chain["party_type"])
	return {**values, field: chain["party"]} if field else values


def take_contacts(doc, contacts: list[dict]) -> list[dict]:
	"""Set the contact from the first of one or more contacts if it is blank; return the rows of the issue's contact."""
	if doc.contact:
		return [row for row in contacts if row["participant"] == doc.contact]
	doc.contact = contacts[0]["participant"]
	return contacts[:1]
