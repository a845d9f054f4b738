"""ToDo: a task of its own, unless it assigns an activity."""

from crm_interactions.integrations.frappe.references import party_among
from crm_interactions.journal import registry
from crm_interactions.journal.source import Source


def counts(doc) -> bool:
	"""The platform's assignment of an activity is a ToDo too; the activity itself stands in the journal."""
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
	# what is registered and assigned is no task of its own; a mail stands for what it is about
	origins=(("reference_type", "reference_name"),),
	party_of=party_of,
	counts=counts,
	icon="list",
	color="cyan",
)
