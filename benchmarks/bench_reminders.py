"""Reminders that are due all at once: statements for each, and memory that doesn't grow with how many there are (R23).

The design asks for flat memory at 10,000. `CRM_REMINDERS` is the number, 10,000 by default. They are of one user and
told in the Desk; a mail adds the platform's statements for its queue to each.
"""

import os
import resource
import sys
from datetime import timedelta

import filling
import frappe
from frappe.utils import now_datetime
from harness import connect, report, statements, tell

from crm_interactions.reminders import reminders, sent_log

FEW = 1000
MANY = int(os.environ.get("CRM_REMINDERS") or 10_000)


def main() -> int:
	connect()
	filling.ordinary_user()
	try:
		run(20)  # what the platform reads once
		few = run(FEW)
		before = _peak()
		many = run(MANY)
		kept = [
			report(
				f"peak memory with {MANY} reminders due / with {FEW}",
				_peak() / before,
				1.1,
				f"· {_peak() - before:.1f} MB more than {before:.0f} MB",
			),
			report(
				f"statements for a reminder: {MANY} due / {FEW}",
				(many / MANY) / (few / FEW),
				1.02,
				f"· {many / MANY:.2f} against {few / FEW:.2f}",
			),
			a_second_run_sends_nothing(),
		]
	finally:
		frappe.db.rollback()
		remove()
	return 0 if all(kept) else 1


def run(due: int) -> int:
	"""Let that many activities be late and send their reminders; return how many statements were sent."""
	remove()
	name = f"{filling.PREFIX}{frappe.generate_hash(length=6)}"
	at = now_datetime() - timedelta(hours=1)
	common = {"responsible": filling.USER, "title": "Benchmark"}
	names = [f"{name}-{number:06d}" for number in range(due)]
	filling.insert(filling.CHAIN, [{"name": name, "title": "Benchmark", "status": "Open"}])
	planned = {**common, "status": "Planned", "chain": name}
	call = {**planned, "interaction_type": "Phone Call", "starts_on": at}
	filling.insert("Interaction", ({**call, "name": one} for one in names))
	row = {**planned, "interaction_type": "Phone Call", "activity_type": "Interaction", "activity_date": at}
	filling.insert(filling.ROW, ({**row, "name": one, "activity": one} for one in names))
	frappe.db.commit()
	sent = statements(reminders.send_due_reminders)
	assert frappe.db.count(sent_log.REMINDER, {"activity": ("like", f"{name}%"), "result": "Sent"}) == due
	assert frappe.db.count("Notification Log", {"document_name": ("like", f"{name}%")}) == due
	return sent


def a_second_run_sends_nothing() -> bool:
	asked = statements(reminders.send_due_reminders)
	tell(f"statements of the next run, with all of {MANY} told", str(asked))
	return not sum(reminders.send_due_reminders().values())


def remove() -> None:
	"""Take away what was made here, and commit."""
	frappe.db.delete("Notification Log", {"document_name": ("like", f"{filling.PREFIX}%")})
	frappe.db.delete(sent_log.REMINDER, {"activity": ("like", f"{filling.PREFIX}%")})
	filling.remove()


def _peak() -> float:
	"""Return the most memory that the process has held so far, in MB."""
	return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
	sys.exit(main())
