"""CRM Call Log: a call that Frappe CRM's telephony, or somebody by hand, has recorded."""

from crm_interactions.integrations.frappe_crm.references import REFERENCE, party_of
from crm_interactions.journal.source import Source


def title_of(doc) -> str:
	"""Its name is the telephone company's; direction and the other side's number say more."""
	return f"{doc.type}: {doc.get('from') if doc.type == 'Incoming' else doc.to}"


SOURCE = Source(
	doctype="CRM Call Log",
	date=("start_time",),
	responsible=("receiver", "caller"),
	status="status",
	planned=frozenset({"Queued"}),
	cancelled=frozenset({"Failed", "Busy", "No Answer", "Canceled"}),
	origins=(REFERENCE, ("links.link_doctype", "links.link_name")),
	title_of=title_of,
	party_of=party_of,
	icon="call",
	color="blue",
)
