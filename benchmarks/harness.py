"""What the benchmarks share: a connection, interleaved rounds, ratios. Absolute times mean nothing."""

import os
import statistics
import time
from collections.abc import Callable

import frappe

Call = Callable[[], object]


def connect() -> None:
	"""Connect to CRM_SITE from the bench's `sites` folder."""
	frappe.init(site=os.environ["CRM_SITE"], sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	frappe.flags.mute_emails = True


def nothing() -> None:
	"""What is done before or after a call where there is nothing to do."""


def ratio(measured: Call, reference: Call, rounds: int = 15, calls: int = 20) -> float:
	"""Return the median over rounds of (time of `measured`) / (time of `reference`), taken side by side.

	Args:
		measured, reference: called `calls` times a round, in turn, so that what slows the machine slows both.
		rounds: how many pairs are taken after one that warms the caches.
	"""
	_time(measured, 3), _time(reference, 3)
	pairs = [(_time(measured, calls), _time(reference, calls)) for _ in range(rounds)]
	return statistics.median(a / b for a, b in pairs)


def ratio_of_changes(measured: Call, reference: Call, rounds: int = 9, before: Call = nothing) -> float:
	"""Return the same for two that change the database: each starts from what is committed, and is undone untimed.

	Args:
		before: what `measured` needs to have happened, in the same transaction, untimed.
	"""
	_time_once(measured, before), _time_once(reference, nothing)
	pairs = [(_time_once(measured, before), _time_once(reference, nothing)) for _ in range(rounds)]
	return statistics.median(a / b for a, b in pairs)


def statements(call: Call) -> int:
	"""Return the number of SQL statements that a call sends."""
	original, count = frappe.db.sql, 0

	def counting(*args, **kwargs):
		nonlocal count
		count += 1
		return original(*args, **kwargs)

	frappe.db.sql = counting
	try:
		call()
	finally:
		frappe.db.sql = original
	return count


def statements_of_change(call: Call, before: Call = nothing) -> int:
	"""Return the number of statements of a call whose changes are undone again.

	Raises: AssertionError when it commits: it has to be one transaction.
	"""
	commit, committed = frappe.db.commit, []
	before()
	frappe.db.commit = lambda: committed.append(True)
	try:
		count = statements(call)
	finally:
		frappe.db.commit = commit
		frappe.db.rollback()
	if committed:
		raise AssertionError("The call commits in its middle.")
	return count


def seconds(call: Call, before: Call = nothing) -> float:
	"""Return how long a call takes that is too long to be repeated; for a ratio only."""
	before()
	return _time(call, 1)


def report(title: str, figure: float, bound: float, note: str = "") -> bool:
	"""Print one line; return True when the figure keeps its bound."""
	kept = figure <= bound
	print(f"{'kept ' if kept else 'MISSED'} {title}: {figure:.3f} (at most {bound}) {note}", flush=True)
	return kept


def report_faster(title: str, figure: float, bound: float, note: str = "") -> bool:
	"""Print one line for how many times faster something is than another thing; True when that is enough."""
	kept = figure >= bound
	print(f"{'kept ' if kept else 'MISSED'} {title}: {figure:.0f} (at least {bound}) {note}", flush=True)
	return kept


def tell(title: str, text: str) -> None:
	"""Print a figure that has no bound."""
	print(f"      {title}: {text}", flush=True)


class without_app:
	"""Take the app's document events out of the hooks for the time of a call."""

	hooks: dict | None = None

	def __enter__(self):
		self.full = frappe.get_doc_hooks()
		if without_app.hooks is None:
			without_app.hooks = {
				doctype: {
					event: [handler for handler in handlers if not handler.startswith("crm_interactions.")]
					for event, handlers in events.items()
				}
				for doctype, events in self.full.items()
			}
		frappe.local.doc_events_hooks = without_app.hooks

	def __exit__(self, *_exc):
		frappe.local.doc_events_hooks = self.full


def _time(call: Call, calls: int) -> float:
	start = time.perf_counter()
	for _ in range(calls):
		call()
	return time.perf_counter() - start


def _time_once(call: Call, before: Call) -> float:
	taken = seconds(call, before)
	frappe.db.rollback()
	return taken
