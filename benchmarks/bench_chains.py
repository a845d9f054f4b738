"""Chains of 100, 1,000 and 10,000 activities: propagation of the subject, a page, counts, joining and its undo.

*Bare* is what no way of doing it can do without: the UPDATE of the same rows, written by hand, that sets the same
columns (`modified` too, or a form that was opened before writes the old value back): one statement for the journal and
one for each document type that keeps a copy. What the app does beyond that (rights, locks, log, dates) is the ratio.
Each call starts from the same committed rows and is rolled back, which isn't timed.

Beside it, in the same run where the apps are there: ERPNext carrying 1,000 communications forward
(`link_communications`), and Frappe CRM's `get_activities` of a deal with as many activities.
"""

import statistics
import sys

import filling
import frappe
from frappe.utils import now
from harness import (
	connect,
	ratio,
	ratio_of_changes,
	report,
	report_faster,
	seconds,
	statements,
	statements_of_change,
	tell,
	without_app,
)

from crm_interactions.api import chain as api
from crm_interactions.chains import joining, subject, undoing
from crm_interactions.journal import app_sources, writer
from crm_interactions.parties import partners

LENGTHS = (100, 1000, 10_000)
PAGE = 20
CARRIED = 1000


def main() -> int:
	connect()
	filling.remove()
	try:
		party = filling.partner()
		chains = {length: filling.chain(length, party) for length in LENGTHS}
		older = filling.chain(10, party)
		frappe.db.set_value(filling.CHAIN, older, "creation", "2019-01-01", update_modified=False)
		about = filling.empty_document(_subject_type(), "subject")
		filling.ordinary_user()
		frappe.db.commit()
		kept = [
			*subjects(chains, about),
			carried_forward(chains[CARRIED], about),
			*pages(chains),
			*counts(chains),
		]
		joins(chains[max(LENGTHS)], older)
	finally:
		frappe.db.rollback()
		filling.remove(_subject_type())
		party.delete(force=True)
		frappe.db.commit()
	return 0 if all(kept) else 1


def subjects(chains: dict[int, str], about) -> list[bool]:
	"""Set the subject of a chain, against the bare UPDATE of the same rows."""
	kept, sent = [], {}
	for length, chain in chains.items():

		def propagate(chain=chain):
			subject.set_for_chain(chain, about.doctype, about.name)

		def bare(chain=chain):
			_update(chain, {"subject_type": about.doctype, "subject": about.name})

		propagate(), frappe.db.rollback()  # the first one also reads what the platform keeps from then on
		sent[length] = statements_of_change(propagate)
		title, note = f"subject along {length} activities / bare UPDATE", f"· {sent[length]} statements"
		figure = ratio_of_changes(propagate, bare, rounds=15 if length < 10_000 else 5)
		if length < 1000:  # a few rows: what is left is the log's entry, and the design bounds longer ones
			tell(title, f"{figure:.3f} {note}")
		else:
			kept.append(report(title, figure, 3, note))
	return [*kept, report("kinds of statement counts of these", len({*sent.values()}), 1, f"· {sent}")]


def carried_forward(chain: str, about) -> bool:
	"""ERPNext carries communications forward, one document after the other; the chain has as many activities."""
	if "erpnext" not in frappe.get_installed_apps():
		tell("ERPNext's link_communications", "not on this bench")
		return True
	from erpnext.crm.utils import link_communications

	lead = filling.empty_document("Lead", "lead", lead_name="Benchmark", status="Open")
	opportunity = filling.empty_document("Opportunity", "opportunity", party_name=lead.name)
	filling.insert("Communication", (_communication(number, lead) for number in range(CARRIED)))
	with without_app():
		theirs = seconds(lambda: link_communications("Lead", lead.name, opportunity))
	assert frappe.db.count("Communication Link", {"link_name": opportunity.name}) == CARRIED
	ours = []
	for _ in range(9):
		frappe.db.rollback()
		ours.append(seconds(lambda: subject.set_for_chain(chain, about.doctype, about.name)))
	frappe.db.rollback()
	return report_faster(
		f"ERPNext carrying {CARRIED} communications forward / subject along {CARRIED} activities",
		theirs / statistics.median(ours),
		100,
	)


def pages(chains: dict[int, str]) -> list[bool]:
	"""The page that the panel shows, as Administrator and as somebody whose rights are restricted."""
	kept = []
	for user in ("Administrator", filling.USER):
		frappe.set_user(user)
		calls = {
			length: lambda chain=chain: api.page(chain=chain, length=PAGE) for length, chain in chains.items()
		}
		[call() for call in calls.values()]
		sent = [statements(call) for call in calls.values()]
		kept.append(report(f"queries of a page, {user}", max(sent), 6, f"· {sent}"))
		tell(
			"page of 10,000 / of 100",
			f"{ratio(calls[10_000], calls[100], rounds=9, calls=5):.2f} in time, {user}",
		)
	frappe.set_user("Administrator")
	_beside_frappe_crm(chains)
	return kept


def _beside_frappe_crm(chains: dict[int, str]) -> None:
	if "crm" not in frappe.get_installed_apps():
		tell("Frappe CRM's get_activities", "not on this bench")
		return
	from crm.api.activities import get_activities

	for length, chain in chains.items():
		deal = _deal(length)

		def page(chain=chain):
			api.page(chain=chain, length=PAGE)

		def theirs(deal=deal):
			get_activities(deal.name)

		sent = []
		taken = seconds(lambda theirs=theirs, sent=sent: sent.append(statements(theirs)), before=page)
		figure = taken / statistics.median(seconds(page) for _ in range(5))
		tell(
			f"Frappe CRM's get_activities of {length} / our page",
			f"{figure:.1f} in time · {sent[0]} statements",
		)
	frappe.db.rollback()


def counts(chains: dict[int, str]) -> list[bool]:
	"""Counts for a page of a list whose activities are all in the same chain, which is the most there can be."""
	kept = []
	for user, most in (("Administrator", 1), (filling.USER, 2)):
		frappe.set_user(user)
		calls = {}
		for length, chain in chains.items():
			names = filling.activities(chain, PAGE)
			calls[length] = lambda names=names: api.counts(names)
		[call() for call in calls.values()]
		sent = [statements(call) for call in calls.values()]
		kept.append(report(f"queries of counts for a list page, {user}", max(sent), most, f"· {sent}"))
		figure = ratio(calls[10_000], calls[100], rounds=9, calls=2)
		tell("counts in chains of 10,000 / of 100", f"{figure:.2f} in time, {user}")
	frappe.set_user("Administrator")
	return kept


def joins(chain: str, into: str) -> None:
	"""Join a long chain to an older one, and undo that, against the bare UPDATE of the same rows."""
	ours, target = (("Interaction", filling.activities(name, 1)[0]) for name in (chain, into))
	done = {}

	def join():
		done.update(joining.join(ours, target))

	def undo():
		undoing.undo_entry(done["log"])

	def bare():
		_update(chain, {"chain": into, "subject_type": None, "subject": None})

	for title, call, before in (("joining", join, lambda: None), ("undoing that", undo, join)):
		sent = statements_of_change(call, before)
		figure = ratio_of_changes(call, bare, rounds=3, before=before)
		tell(f"{title} a chain of {max(LENGTHS)} / bare UPDATE", f"{figure:.2f} · {sent} statements")


def _update(chain: str, values: dict) -> None:
	for doctype in (writer.ROW, *app_sources.DOCTYPES):
		table = frappe.qb.DocType(doctype)
		query = frappe.qb.update(table).where(table.chain == chain)
		for field, value in {**values, "modified": now(), "modified_by": frappe.session.user}.items():
			query = query.set(table[field], value)
		query.run()


def _subject_type() -> str:
	"""Return a document type that a chain can be about; on a bench without other apps it is added."""
	if not partners.subject_types():
		settings = frappe.get_doc("CRM Interactions Settings")
		settings.append("subject_types", {"subject_type": "Note"})
		settings.save()
	return partners.subject_types()[0]


def _communication(number: int, lead) -> dict:
	return {
		"name": f"{filling.PREFIX}{number:06d}",
		"subject": "Benchmark",
		"communication_medium": "Email",
		"communication_type": "Communication",
		"content": "Benchmark",
		"status": "Linked",
		"sent_or_received": "Received",
		"sender": "someone@example.com",
		"recipients": "us@example.com",
		"reference_doctype": lead.doctype,
		"reference_name": lead.name,
	}


def _deal(length: int):
	"""Return a deal of Frappe CRM with that many notes, tasks and calls."""
	deal = filling.empty_document("CRM Deal", f"deal-{length}", status="Qualification")
	about = {"reference_doctype": "CRM Deal", "reference_docname": deal.name}
	names = [f"{filling.PREFIX}{length}-{number:06d}" for number in range(length)]
	calls = {"from": "1", "to": "2", "status": "Completed", "type": "Incoming", "duration": 60}
	filling.insert("FCRM Note", ({"name": name, "title": "Benchmark", **about} for name in names[::3]))
	filling.insert(
		"CRM Task", ({"name": n + 1, "title": "Benchmark", **about} for n in _free("CRM Task", names[1::3]))
	)
	filling.insert("CRM Call Log", ({"name": name, "id": name, **calls, **about} for name in names[2::3]))
	return deal


def _free(doctype: str, wanted: list) -> range:
	"""Return numbers that no document of this type has as its name, as many as are wanted."""
	table = frappe.qb.DocType(doctype)
	(last,) = frappe.qb.from_(table).select(frappe.query_builder.functions.Max(table.name)).run()[0]
	return range(int(last or 0), int(last or 0) + len(wanted))


if __name__ == "__main__":
	sys.exit(main())
