"""Event: an appointment in Frappe's calendar, unless it is the calendar entry of an activity (R24)."""

from crm_interactions.followups import rescheduling, rules
from crm_interactions.integrations.frappe.references import party_among
from crm_interactions.journal.source import Source


def validate(doc, method=None):
	if _is_of_activity(doc):
		rescheduling.on_event_changed(doc)


def on_trash(doc, method=None):
	if _is_of_activity(doc):
		rescheduling.on_event_deleted(doc)


def counts(doc) -> bool:
	"""Return False for the calendar entry of an Interaction or Meeting, which has a journal row itself; else True."""
	return doc.reference_doctype not in rules.PLANNING


def party_of(doc) -> tuple[str, str] | None:
	return party_among(_participants(doc))


def origins_of(doc) -> list[tuple[str, str]]:
	return _participants(doc)


def _participants(doc) -> list[tuple[str, str]]:
	rows = (row for row in doc.event_participants if row.reference_docname)
	return [(row.reference_doctype, row.reference_docname) for row in rows]


def _is_of_activity(doc) -> bool:
	return not counts(doc) and not doc.flags.of_activity


SOURCE = Source(
	doctype="Event",
	date=("starts_on",),
	title=("subject",),
	status="status",
	planned=frozenset({"Open"}),
	cancelled=frozenset({"Cancelled"}),
	party_of=party_of,
	origins_of=origins_of,
	counts=counts,
	icon="calendar",
	color="pink",
)
