"""Sales Order of ERPNext."""

from crm_interactions.journal.source import Source

SOURCE = Source(
	doctype="Sales Order",
	date=("transaction_date",),
	title=("customer_name",),
	party=(("=Customer", "customer"),),
	status="status",
	cancelled=frozenset({"Cancelled"}),
	origins=(
		("=Quotation", "items.prevdoc_docname"),
		("=Project", "project"),
	),
	icon="retail",
	color="green",
)


def from_chain(chain: dict, participants: list[dict]) -> dict:
	"""Return the fields that a chain can fill; its items are for people to say."""
	return {"customer": chain["party"]} if chain["party_type"] == "Customer" else {}


def take_contacts(doc, contacts: list[dict]) -> list[dict]:
	"""There is room for one contact."""
	doc.contact_person = doc.contact_person or contacts[0]["participant"]
	return contacts[:1]
