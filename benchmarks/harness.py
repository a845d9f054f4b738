"""Connection, interleaved timing and reports of the benchmarks: only ratios are compared, never absolute times."""

import os
import resource
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


def do_nothing() -> None:
	"""Default for `before`."""


def ratio(measured: Call, reference: Call, rounds: int = 15, calls: int = 20) -> float:
	"""Return the median over rounds of (time of `measured`) / (time of `reference`).

	Args:
		measured, reference: called `calls` times each round, in turn, so that a slow machine slows both.
		rounds: number of rounds after the first calls, which warm the caches.
	"""
	_time(measured, 3), _time(reference, 3)
	pairs = [(_time(measured, calls), _time(reference, calls)) for _ in range(rounds)]
	return statistics.median(a / b for a, b in pairs)


def ratio_of_changes(measured: Call, reference: Call, rounds: int = 9, before: Call = do_nothing) -> float:
	"""Return the same median for calls that change the database: each starts from committed data and is rolled back.

	Args:
		before: called before `measured` in the same transaction, untimed, as the roll-backs are.
	"""
	_time_once(measured, before), _time_once(reference, do_nothing)
	pairs = [(_time_once(measured, before), _time_once(reference, do_nothing)) for _ in range(rounds)]
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


def statements_of_change(call: Call, before: Call = do_nothing) -> int:
	"""Return the number of SQL statements of a call, and roll its changes back.

	Raises: AssertionError if the call commits: it must be one transaction.
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
		raise AssertionError("The call commits. It must be a single transaction.")
	return count


def seconds(call: Call, before: Call = do_nothing) -> float:
	"""Return the seconds of a single call, for a ratio of calls that are too slow to repeat."""
	before()
	return _time(call, 1)


def report(title: str, figure: float, bound: float, note: str = "") -> bool:
	"""Print the figure with its bound. Return True if it is at most the bound."""
	kept = figure <= bound
	print(f"{'kept ' if kept else 'MISSED'} {title}: {figure:.3f} (at most {bound}) {note}", flush=True)
	return kept


def report_faster(title: str, figure: float, bound: float, note: str = "") -> bool:
	"""Print how many times faster a call is, with its bound. Return True if that is at least the bound."""
	kept = figure >= bound
	print(f"{'kept ' if kept else 'MISSED'} {title}: {figure:.0f} (at least {bound}) {note}", flush=True)
	return kept


def report_statements(title: str, few: float, many: float) -> bool:
	"""Report statements per record, which must not grow with the number of records."""
	return report(title, many / few, 1.02, f"· {many:.2f} against {few:.2f}")


def report_memory(title: str, before: float) -> bool:
	"""Report the growth of the peak memory from an earlier `peak_memory`, at most a tenth."""
	peak = peak_memory()
	return report(title, peak / before, 1.1, f"· {peak - before:.1f} MB more than {before:.0f} MB")


def peak_memory() -> float:
	"""Return the process's peak memory so far, in MB."""
	return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tell(title: str, text: str) -> None:
	"""Print a figure without a bound."""
	print(f"      {title}: {text}", flush=True)


class without_app:
	"""Remove the app's document events from the hooks while the block runs."""

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
