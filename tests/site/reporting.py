"""Runs of the app's reports, and figures by their formulas."""

import json
from math import sqrt

from frappe.desk.query_report import run

Z = 1.959963984540054


def run_report(name: str, **filters) -> dict:
	return run(name, filters=json.dumps(filters), ignore_prepared_report=True)


def rows_of(answer: dict) -> list[dict]:
	"""Return the rows of a report's answer without Frappe's total row."""
	return [row for row in answer["result"] if isinstance(row, dict)]


def wilson(won: int, total: int) -> tuple[float, float]:
	"""Return the interval by its formula (Newcombe 1998, method 3)."""
	middle, half = 2 * won + Z**2, Z * sqrt(Z**2 + 4 * won * (1 - won / total))
	return (middle - half) / (2 * (total + Z**2)), (middle + half) / (2 * (total + Z**2))
