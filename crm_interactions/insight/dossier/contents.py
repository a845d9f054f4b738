"""The contents of a dossier, limited to what the user may read; hidden activities leave no trace in it."""

import frappe
from frappe import _
from frappe.model import get_permitted_fields
from frappe.utils import get_fullname

from crm_interactions.chains.locks import CHAIN
from crm_interactions.clock import site_time
from crm_interactions.insight import visible
from crm_interactions.insight.dossier import documents, files, values
from crm_interactions.insight.dossier.activities import Material, list_activities, list_facts
from crm_interactions.insight.dossier.files import Document
from crm_interactions.insight.dossier.moments import Clock
from crm_interactions.insight.dossier.parts import Activity, Dossier, Fact, File
from crm_interactions.journal.writer import ROW
from crm_interactions.parties import partners

COLUMNS = (
	*("activity_type", "activity", "title", "activity_date", "status", "responsible", "interaction_type"),
	*("direction", "outcome", "party_type", "party"),
)
# of the chain, besides those of its cover that take more than a field
CLOSING = ("closed_on", "closed_by", "close_reason")
KILO = 1024
# number of an activity, or the type of another document
Places = dict[Document, int | str]


def gather(chain: str) -> Dossier:
	"""Return the dossier of a chain, which isn't merged, for the session's user, who may read it."""
	clock = Clock(frappe.session.user)
	doc = frappe.get_doc(CHAIN, chain)
	subject = (doc.subject_type, doc.subject) if doc.subject else None
	rows = _list_rows(chain)
	wanted = {(row.activity_type, row.activity) for row in rows} | ({subject} if subject else set())
	found = documents.read_documents([*wanted])
	rows = [row for row in rows if (row.activity_type, row.activity) in found]
	places = _list_places(chain, rows, found, subject)
	activities = list_activities(Material(rows, found, {*places}, (doc.party_type, doc.party)), clock)
	return Dossier(
		chain=chain,
		title=doc.title or chain,
		facts=_describe_chain(doc, rows, clock),
		subject=f"{_(subject[0])} {subject[1]}" if subject else "",
		subject_facts=list_facts(subject[0], found[subject], clock) if subject in found else [],
		activities=activities,
		files=_list_files(places, activities),
		made_on=clock.show(site_time.now()),
		made_for=get_fullname(frappe.session.user),
		zone=clock.zone,
	)


def _list_rows(chain: str) -> list:
	row = frappe.qb.DocType(ROW)
	query = frappe.qb.from_(row).select(*(row[column] for column in COLUMNS)).where(row.chain == chain)
	query = visible.limit_rows(query).orderby(row.activity_date).orderby(row.creation).orderby(row.name)
	return query.run(as_dict=True)


def _list_places(chain: str, rows: list, found: dict, subject: Document | None) -> Places:
	"""Return the documents whose files the dossier lists, and where they belong.

	A mail or call that became an interaction counts as the interaction, whose form shows its files, too.
	"""
	places: Places = {(CHAIN, chain): _("Chain")}
	for number, row in enumerate(rows, 1):
		document = found[row.activity_type, row.activity]
		places[row.activity_type, row.activity] = number
		if document.get("source"):
			places.setdefault((document["source_type"], document["source"]), number)
	if subject in found:
		places.setdefault(subject, _(subject[0]))
	return places


def _list_files(places: Places, activities: list[Activity]) -> list[File]:
	"""Return the files of the documents, and add their names to the activities."""
	listed = []
	for attachment in files.list_attachments(places):
		where = list(dict.fromkeys(places[document] for document in attachment.documents))
		for number in where:
			if isinstance(number, int):
				activities[number - 1].files.append(attachment.name)
		listed.append(
			File(
				name=attachment.name,
				places=", ".join(map(str, where)),
				size=_show_size(attachment.size),
				sha256=attachment.sha256,
				remark=attachment.remark,
			)
		)
	return listed


def _describe_chain(doc, rows: list, clock: Clock) -> list[Fact]:
	"""Return the facts of the cover; the period and the number are those of the rows, not those of the chain."""
	readable = set(get_permitted_fields(CHAIN))
	facts = []
	if doc.party and "party" in readable:
		facts.append(Fact(_("Partner"), partners.get_title(doc.party_type, doc.party)))
	if doc.subject and "subject" in readable:
		facts.append(Fact(_("Subject"), f"{_(doc.subject_type)} {doc.subject}"))
	if doc.responsible and "responsible" in readable:
		facts.append(Fact(_("Responsible"), get_fullname(doc.responsible)))
	if rows:
		days = [clock.show_day(row.activity_date) for row in (rows[0], rows[-1])]
		facts.append(Fact(_("Period"), " – ".join(dict.fromkeys(days))))
	facts.append(Fact(_("Activities"), str(len(rows))))
	facts.append(Fact(_("Status"), _(doc.status)))
	if doc.result and "result" in readable:
		facts.append(Fact(_("Result"), _describe_result(doc, readable, clock)))
	for name in CLOSING if doc.status == "Closed" else ():
		df = doc.meta.get_field(name)
		value = values.show_value(df, doc, clock) if name in readable else ""
		if value:
			facts.append(Fact(_(df.label), value))
	return facts


def _describe_result(doc, readable: set[str], clock: Clock) -> str:
	parts = [_(doc.result)]
	if doc.result_amount and "result_amount" in readable:
		parts.append(values.show_amount(doc.result_amount, doc.result_currency))
	if doc.result_on and "result_on" in readable:
		parts.append(clock.show(doc.result_on))
	return ", ".join(parts)


def _show_size(size: int | None) -> str:
	"""Return a size in bytes, kilobytes or megabytes; "" for None."""
	if size is None:
		return ""
	if size < KILO:
		return f"{size} B"
	return f"{size / KILO:.1f} KB" if size < KILO**2 else f"{size / KILO**2:.1f} MB"
