"""CRM Task: a task in Frappe CRM."""

from crm_interactions.integrations.frappe_crm.references import REFERENCE, party_of
from crm_interactions.journal.source import Source

SOURCE = Source(
	doctype="CRM Task",
	date=("due_date", "start_date"),
	title=("title",),
	responsible=("assigned_to",),
	status="status",
	planned=frozenset({"Backlog", "Todo", "In Progress"}),
	cancelled=frozenset({"Canceled"}),
	origins=(REFERENCE,),
	party_of=party_of,
	icon="check",
	color="cyan",
)
