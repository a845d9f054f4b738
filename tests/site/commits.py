"""Commits of the test that runs: what they leave is found by the other tests of the site."""

from contextlib import contextmanager

import frappe

counted: list[bool] = []
_cleaning: list[bool] = []


@contextmanager
def watched():
	"""Count commits while the block runs; Frappe commits before it changes a table."""
	counted.clear()
	commit = frappe.db.commit

	def count_and_commit(**options):
		if not _cleaning:
			counted.append(True)
		commit(**options)

	frappe.db.commit = count_and_commit
	try:
		yield
	finally:
		frappe.db.commit = commit


@contextmanager
def allowed():
	"""Don't count the commits of a block that removes what it commits."""
	_cleaning.append(True)
	try:
		yield
	finally:
		_cleaning.pop()
