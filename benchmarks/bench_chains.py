"""Measure chains of 100, 1,000 and 10,000 activities: subject propagation, a page, counts, joining and its undo.

The *bare UPDATE* is the lower limit: hand-written statements that set the same columns of the same rows, one for the
journal and one for each document type with a copy (`modified` too, or a form opened earlier would write the old value
back). The ratio shows the cost of the app's other work (rights, locks, log, dates).
Each call starts from the same committed rows and is rolled back, untimed.

With the apps installed, the same run also measures ERPNext's `link_communications`, which carries 1,000 communications
forward, and Frappe CRM's `get_activities` of a deal with as many activities.
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
	"""Compare setting a chain's subject with the bare UPDATE. Return whether each bound is kept."""
	kept, sent = [], {}
	for length, chain in chains.items():

		def propagate(chain=chain):
			subject.set_for_chain(chain, about.doctype, about.name)

		def bare(chain=chain):
			_update(chain, {"subject_type": about.doctype, "subject": about.name})

		propagate(), frappe.db.rollback()  # fills Frappe's caches
		sent[length] = statements_of_change(propagate)
		title, note = f"subject along {length} activities / bare UPDATE", f"· {sent[length]} statements"
		figure = ratio_of_changes(propagate, bare, rounds=15 if length < 10_000 else 5)
		if length < 1000:  # mostly the cost of the log's row; only longer chains have a limit
			tell(title, f"{figure:.3f} {note}")
		else:
			kept.append(report(title, figure, 3, note))
	return [*kept, report("distinct statement counts of all lengths", len({*sent.values()}), 1, f"· {sent}")]


def carried_forward(chain: str, about) -> bool:
	"""Compare ERPNext's carrying forward, one document at a time, with a subject along as many activities."""
	if "erpnext" not in frappe.get_installed_apps():
		tell("ERPNext's link_communications", "not on this bench")
		return True
	from erpnext.crm.utils import link_communications

	lead = filling.empty_document("Lead", "lead", lead_name="Benchmark", status="Open")
	opportunity = filling.empty_document("Opportunity", "opportunity", party_name=lead.name)
	filling.insert("Communication", (_communication(number, lead) for number in range(CARRIED)))
	with without_app():
		erpnext_seconds = seconds(lambda: link_communications("Lead", lead.name, opportunity))
	assert frappe.db.count("Communication Link", {"link_name": opportunity.name}) == CARRIED
	app_seconds = []
	for _ in range(9):
		frappe.db.rollback()
		app_seconds.append(seconds(lambda: subject.set_for_chain(chain, about.doctype, about.name)))
	frappe.db.rollback()
	return report_faster(
		f"ERPNext carrying {CARRIED} communications forward / subject along {CARRIED} activities",
		erpnext_seconds / statistics.median(app_seconds),
		100,
	)


def pages(chains: dict[int, str]) -> list[bool]:
	"""Count the queries of the panel's page for Administrator and a restricted user. Return whether each bound is kept."""
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
			f"Frappe CRM's get_activities of {length} / the app's page",
			f"{figure:.1f} in time · {sent[0]} statements",
		)
	frappe.db.rollback()


def counts(chains: dict[int, str]) -> list[bool]:
	"""Count the queries of a list page's counts, in the worst case: all its activities are in one chain."""
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
	"""Compare joining a long chain to an older one, and the undo of that, with the bare UPDATE."""
	source, target = (("Interaction", filling.activities(name, 1)[0]) for name in (chain, into))
	done = {}

	def join():
		done.update(joining.join(source, target))

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
	"""Return a document type for subjects; on a bench without other apps, add Note to the settings first."""
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
	"""Return as many unused numeric names of this document type as `wanted` has items."""
	table = frappe.qb.DocType(doctype)
	(last,) = frappe.qb.from_(table).select(frappe.query_builder.functions.Max(table.name)).run()[0]
	return range(int(last or 0), int(last or 0) + len(wanted))


if __name__ == "__main__":
	sys.exit(main())
