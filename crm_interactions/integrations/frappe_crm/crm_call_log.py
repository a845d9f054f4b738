"""CRM Call Log: a call recorded by Frappe CRM's telephony or entered by hand."""

from crm_interactions.integrations.frappe_crm.references import REFERENCE, party_of
from crm_interactions.journal.source import Source


def title_of(doc) -> str:
	"""Return type and, if known, the other party's number, as `Incoming: +385…`, untranslated."""
	number = doc.get("from") if doc.type == "Incoming" else doc.to
	return f"{doc.type}: {number}" if number else doc.type


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
