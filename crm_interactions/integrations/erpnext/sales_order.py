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
	"""Return the field values that a chain provides; users add the items."""
	return {"customer": chain["party"]} if chain["party_type"] == "Customer" else {}


def take_contacts(doc, contacts: list[dict]) -> list[dict]:
	"""Set the contact person if it is blank; return the first contact, since a sales order holds only one."""
	doc.contact_person = doc.contact_person or contacts[0]["participant"]
	return contacts[:1]
