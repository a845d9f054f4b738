"""What the benchmarks share: a connection, interleaved rounds, ratios. Absolute times mean nothing."""

import os
import statistics
import time
from collections.abc import Callable

import frappe


def connect() -> None:
	"""Connect to CRM_SITE from the bench's `sites` folder."""
	frappe.init(site=os.environ["CRM_SITE"], sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	frappe.flags.mute_emails = True


def ratio(
	measured: Callable[[], None], reference: Callable[[], None], rounds: int = 15, calls: int = 20
) -> float:
	"""Return the median over rounds of (time of `measured`) / (time of `reference`), taken side by side.

	Args:
		measured, reference: called `calls` times a round, in turn, so that what slows the machine slows both.
		rounds: how many pairs are taken after one that warms the caches.
	"""
	_time(measured, 3), _time(reference, 3)
	pairs = [(_time(measured, calls), _time(reference, calls)) for _ in range(rounds)]
	return statistics.median(a / b for a, b in pairs)


def statements(call: Callable[[], None]) -> int:
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


def report(title: str, figure: float, bound: float, note: str = "") -> bool:
	"""Print one line; return True when the figure keeps its bound."""
	kept = figure <= bound
	print(f"{'kept ' if kept else 'MISSED'} {title}: {figure:.3f} (at most {bound}) {note}", flush=True)
	return kept


def _time(call: Callable[[], None], calls: int) -> float:
	start = time.perf_counter()
	for _ in range(calls):
		call()
	return time.perf_counter() - start
