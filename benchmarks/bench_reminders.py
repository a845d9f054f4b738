"""Measure reminders that are all due at once: statements per reminder, and flat memory (R23).

Memory must be flat at 10,000 reminders (docs/requirements.md); `CRM_REMINDERS` sets another number. All are Desk
notifications of one user; an e-mail would add the statements of Frappe's queue.
"""

import os
import sys
from datetime import timedelta

import filling
import frappe
from frappe.utils import now_datetime
from harness import connect, peak_memory, report_memory, report_statements, statements, tell

from crm_interactions.reminders import reminders, sent_log

FEW = 1000
MANY = int(os.environ.get("CRM_REMINDERS") or 10_000)


def main() -> int:
	connect()
	filling.ordinary_user()
	try:
		run(20)  # fills Frappe's caches
		few = run(FEW)
		before = peak_memory()
		many = run(MANY)
		kept = [
			report_memory(f"peak memory with {MANY} reminders due / with {FEW}", before),
			report_statements(f"statements for a reminder: {MANY} due / {FEW}", few / FEW, many / MANY),
			a_second_run_sends_nothing(),
		]
	finally:
		frappe.db.rollback()
		remove()
	return 0 if all(kept) else 1


def run(due: int) -> int:
	"""Insert that many late activities and send their reminders. Return the number of statements of the sending."""
	remove()
	name = f"{filling.PREFIX}{frappe.generate_hash(length=6)}"
	at = now_datetime() - timedelta(hours=1)
	common = {"responsible": filling.USER, "title": "Benchmark"}
	names = [f"{name}-{number:06d}" for number in range(due)]
	filling.insert(filling.CHAIN, [{"name": name, "title": "Benchmark", "status": "Open"}])
	planned = {**common, "status": "Planned", "chain": name}
	call = {**planned, "interaction_type": "Phone Call", "starts_on": at}
	filling.insert("Interaction", ({**call, "name": activity} for activity in names))
	row = {**planned, "interaction_type": "Phone Call", "activity_type": "Interaction", "activity_date": at}
	filling.insert(filling.ROW, ({**row, "name": activity, "activity": activity} for activity in names))
	frappe.db.commit()
	sent = statements(reminders.send_due_reminders)
	assert frappe.db.count(sent_log.REMINDER, {"activity": ("like", f"{name}%"), "result": "Sent"}) == due
	assert frappe.db.count("Notification Log", {"document_name": ("like", f"{name}%")}) == due
	return sent


def a_second_run_sends_nothing() -> bool:
	sent = statements(reminders.send_due_reminders)
	tell(f"statements of the next run, with all {MANY} reminders sent", str(sent))
	return not sum(reminders.send_due_reminders().values())


def remove() -> None:
	"""Remove the benchmark's records, and commit."""
	frappe.db.delete("Notification Log", {"document_name": ("like", f"{filling.PREFIX}%")})
	frappe.db.delete(sent_log.REMINDER, {"activity": ("like", f"{filling.PREFIX}%")})
	filling.remove()


if __name__ == "__main__":
	sys.exit(main())
