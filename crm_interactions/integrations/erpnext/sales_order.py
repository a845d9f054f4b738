"""Sales Order of ERPNext."""

from crm_interactions.integrations.erpnext import parties
from crm_interactions.journal.source import Source

SOURCE = Source(
	doctype="Sales Order",
	date=("transaction_date",),
	title=("customer_name",),
	party=(("=Customer", "customer"),),
	status="status",
	direction="Incoming",
	cancelled=frozenset({"Cancelled"}),
	origins=(("=Quotation", "items.prevdoc_docname"), ("=Project", "project")),
	icon="retail",
	color="green",
)
take_contacts = parties.take_contact_person


def from_chain(chain: dict, participants: list[dict]) -> dict:
	"""Return the partner as `customer` if it is one, else {}; users add the items."""
	return {"customer": chain["party"]} if chain["party_type"] == "Customer" else {}
