"""CRM Call Log: a call recorded by Frappe CRM's telephony or entered by hand.

A captured call is in the journal as its Interaction, so the log isn't an activity of its own.
"""

from crm_interactions.capture import calls, policy, records, refused
from crm_interactions.capture.exchange import CALL
from crm_interactions.integrations.frappe_crm.references import REFERENCE, party_of
from crm_interactions.journal import writer
from crm_interactions.journal.source import Source


def title_of(doc) -> str:
	"""Return type and, if known, the other party's number, as `Incoming: +385…`, untranslated."""
	number = doc.get("from") if doc.type == "Incoming" else doc.to
	return f"{doc.type}: {number}" if number else doc.type


def direction_of(doc) -> str:
	return doc.type


def counts(doc) -> bool:
	"""Return False for a call that is captured, waits to be assigned, is refused for privacy, or is still to be captured.

	A call from before capture that waits keeps its row, and with it its chain.
	"""
	source = (doc.doctype, doc.name)
	if record := records.find(source):
		return record["doctype"] == records.ITEM and bool(writer.find_row(*source))
	if refused.is_refused(source, refused.EXCLUDED):
		return False
	return doc.status in calls.ENDED or not policy.is_on(CALL)


SOURCE = Source(
	doctype="CRM Call Log",
	date=("start_time",),
	responsible=("receiver", "caller"),
	status="status",
	planned=frozenset({"Queued"}),
	cancelled=frozenset({"Failed", "Busy", "No Answer", "Canceled"}),
	origins=(REFERENCE, ("links.link_doctype", "links.link_name")),
	title_of=title_of,
	direction_of=direction_of,
	party_of=party_of,
	counts=counts,
	icon="call",
	color="blue",
)
