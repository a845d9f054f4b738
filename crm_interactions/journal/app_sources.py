"""The app's own activities as sources of the journal."""

from crm_interactions.journal.source import Source

# of interactions and meetings alike
PLANNED = {
	"date": ("starts_on",),
	"title": ("title",),
	"party": (("party_type", "party"),),
	"responsible": ("responsible",),
	"status": "status",
	"planned": frozenset({"Planned"}),
	"cancelled": frozenset({"Not Held", "Cancelled"}),
	# a follow-up belongs to the chain of the activity that planned it
	"origins": (("planned_by_type", "planned_by"),),
}

SOURCES = (
	# in Frappe 15 the icon "message" is a bell
	Source(doctype="Interaction", icon="small-message", color="blue", **PLANNED),
	Source(doctype="Meeting", icon="users", color="purple", **PLANNED),
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
