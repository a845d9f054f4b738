"""On SQLite another connection writes before the first write of each transaction of a job; no job fails (R15).

SQLite refuses to write if data that the transaction has read was changed since, and doesn't wait.
"""

import sqlite3

import frappe
import pytest
from frappe.utils import add_days, now, nowdate

from tests.concurrency.scenery import activities

WRITES = ("insert", "update", "delete", "replace")


@pytest.fixture
def intrude(monkeypatch):
	"""Return a function that lets another connection write from now on; it returns the list of statements after that."""
	if frappe.db.db_type != "sqlite":
		pytest.skip("the other databases lock rows, and let transactions wait")
	other = sqlite3.connect(frappe.db.get_db_path(), isolation_level=None, timeout=0.1)
	database = frappe.local.db.__class__
	run = database.sql
	writes = []

	def sql(self, query, *values, **more):
		if not self.transaction_writes and str(query).lstrip().lower().startswith(WRITES):
			other.execute("update tabRole set modified = ?", (now(),))
			writes.append(str(query))
		return run(self, query, *values, **more)

	def begin() -> list[str]:
		monkeypatch.setattr(database, "sql", sql)
		return writes

	yield begin
	other.close()


def _review():
	((doctype, name),) = activities(1)
	frappe.db.set_value(doctype, name, {"reviewed": 1, "review_again_on": add_days(nowdate(), -1)})


def _remove_audience():
	((doctype, name),) = activities(1)
	frappe.db.set_value(doctype, name, "audience", None)


def _add_contact():
	name = frappe.generate_hash(length=8)
	frappe.get_doc({"doctype": "Contact", "first_name": name}).insert()


def _add_subject():
	activities(1, subject_type="Partner", subject=frappe.db.get_value("Partner", {}, "name"))


JOBS = {
	"chains.subject_results.refresh": ({"subject_type": "Partner"}, _add_subject),
	"chains.turn.refresh": ({}, None),
	"insight.paces.refresh": ({}, None),
	"parties.key_index.rebuild_as_job": ({"doctype": "Contact"}, _add_contact),
	"recording.numbering.number_documents": ({"doctype": "Interaction"}, None),
	"supervision.bulk_review.take_back_due": ({}, _review),
	"visibility.rebuilding.run_as_job": ({}, _remove_audience),
	"visibility.reporting_lines.refresh_as_job": ({}, None),
}


@pytest.mark.parametrize("job", JOBS)
def test_a_job_writes_although_others_wrote_since_it_read(intrude, job):
	arguments, prepare = JOBS[job]
	activities(1)
	if prepare:
		prepare()
	frappe.db.commit()
	errors = frappe.db.count("Error Log")  # the job's transaction has read, as after Frappe's own reads
	writes = intrude()
	frappe.get_attr(f"crm_interactions.{job}")(**arguments)
	frappe.db.commit()
	assert writes
	assert frappe.db.count("Error Log") == errors
