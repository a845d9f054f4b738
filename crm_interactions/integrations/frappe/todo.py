"""ToDo: a task, unless it assigns an activity."""

from crm_interactions.integrations.frappe.references import party_among
from crm_interactions.journal import registry
from crm_interactions.journal.source import Source


def counts(doc) -> bool:
	"""Return False for a ToDo on a document of a registered type, which has a journal row itself; else True."""
	return not (doc.reference_type and registry.get_source(doc.reference_type))


def party_of(doc) -> tuple[str, str] | None:
	return party_among([(doc.reference_type, doc.reference_name)])


SOURCE = Source(
	doctype="ToDo",
	date=("date",),
	title=("description",),
	responsible=("allocated_to",),
	status="status",
	planned=frozenset({"Open"}),
	cancelled=frozenset({"Cancelled"}),
	# only unregistered document types occur here; an e-mail stands for the document to which it refers
	origins=(("reference_type", "reference_name"),),
	party_of=party_of,
	counts=counts,
	icon="list",
	color="cyan",
)
