"""Event: an appointment of the platform's calendar."""

from crm_interactions.integrations.frappe.references import party_among
from crm_interactions.journal.source import Source


def party_of(doc) -> tuple[str, str] | None:
	return party_among(_participants(doc))


def origins_of(doc) -> list[tuple[str, str]]:
	return _participants(doc)


def _participants(doc) -> list[tuple[str, str]]:
	return [
		(row.reference_doctype, row.reference_docname)
		for row in doc.event_participants
		if row.reference_docname
	]


SOURCE = Source(
	doctype="Event",
	date=("starts_on",),
	title=("subject",),
	status="status",
	planned=frozenset({"Open"}),
	cancelled=frozenset({"Cancelled"}),
	party_of=party_of,
	origins_of=origins_of,
	icon="calendar",
	color="pink",
)
