"""The app's own activities as sources of the journal."""

from crm_interactions.journal.source import Source

# a follow-up is in the chain of the activity that planned it
PLANNED_BY = (("planned_by_type", "planned_by"),)
NOT_TAKEN_PLACE = frozenset({"Not Held", "Cancelled"})

SOURCES = (
	Source(
		doctype="Interaction",
		date=("starts_on",),
		title=("title",),
		party=(("party_type", "party"),),
		responsible=("responsible",),
		status="status",
		planned=frozenset({"Planned"}),
		cancelled=NOT_TAKEN_PLACE,
		origins=PLANNED_BY,
		icon="small-message",  # what Frappe 15 calls "message" is a bell
		color="blue",
	),
	Source(
		doctype="Meeting",
		date=("starts_on",),
		title=("title",),
		party=(("party_type", "party"),),
		responsible=("responsible",),
		status="status",
		planned=frozenset({"Planned"}),
		cancelled=NOT_TAKEN_PLACE,
		origins=PLANNED_BY,
		icon="users",
		color="purple",
	),
	Source(
		doctype="Product Record",
		date=("starts_on",),
		title=("product",),
		party=(("party_type", "party"),),
		responsible=("responsible",),
		icon="stock",
		color="orange",
	),
)
DOCTYPES = tuple(source.doctype for source in SOURCES)
