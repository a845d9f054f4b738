"""Quotation of ERPNext, for a partner or for a deal of Frappe CRM."""

from crm_interactions.integrations.erpnext import parties
from crm_interactions.journal.source import Source, read_link

CRM_DEAL = "CRM Deal"
RECIPIENT = ("quotation_to", "party_name")


def party_of(doc) -> tuple[str, str] | None:
	"""Return the recipient, of any type; for a deal, its organisation, else its lead, of a configured partner type."""
	if doc.quotation_to != CRM_DEAL:
		return read_link(doc, RECIPIENT)
	fields = {"CRM Organization": "organization", "CRM Lead": "lead"}
	return parties.find_partner(doc, (RECIPIENT,), fields)


def origins_of(doc) -> list[tuple[str, str]]:
	return [(CRM_DEAL, doc.party_name)] if doc.quotation_to == CRM_DEAL and doc.party_name else []


SOURCE = Source(
	doctype="Quotation",
	date=("transaction_date",),
	title=("customer_name",),
	status="status",
	direction="Outgoing",
	cancelled=frozenset({"Cancelled"}),
	# the first names an opportunity without items, the second the source of each item
	origins=(("=Opportunity", "opportunity"), ("items.prevdoc_doctype", "items.prevdoc_docname")),
	party_of=party_of,
	origins_of=origins_of,
	icon="sell",
	color="yellow",
)
take_contacts = parties.take_contact_person


def from_chain(chain: dict, participants: list[dict]) -> dict:
	"""Return the partner as recipient if it is a customer, a lead or a prospect, else {}; users add the items."""
	if chain["party_type"] not in ("Customer", "Lead", "Prospect"):
		return {}
	return {"quotation_to": chain["party_type"], "party_name": chain["party"]}
