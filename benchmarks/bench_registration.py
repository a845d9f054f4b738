"""Measure the registration of a document type with existing documents: statements per document, and memory.

Documents per second would measure the machine. The bounds are those that 100,000 documents need: statements per
document don't grow with the number of documents, and neither does memory, measured with `CRM_DOCUMENTS` documents
(6,000 by default).
"""

import os
import sys

import filling
import frappe
from harness import connect, peak_memory, report_memory, report_statements, statements

from crm_interactions.journal import registry, writer
from crm_interactions.recording import numbering

DOCTYPE = "Note"
FEW, MANY = 200, 2000
MOST = int(os.environ.get("CRM_DOCUMENTS") or 6000)
SETTINGS = "CRM Interactions Settings"


def main() -> int:
	connect()
	remove()
	try:
		register()
		run(20)  # fills Frappe's caches
		kept = [statements_do_not_grow(), memory_is_flat()]
	finally:
		frappe.db.rollback()
		remove()
	return 0 if all(kept) else 1


def statements_do_not_grow() -> bool:
	few, many = run(FEW) / FEW, run(MANY) / MANY
	return report_statements(f"statements for a document: {MANY} documents / {FEW}", few, many)


def memory_is_flat() -> bool:
	"""Return True if MOST further documents raise the process's peak memory, already at MANY, by at most a tenth."""
	before = peak_memory()
	run(MOST)
	return report_memory(f"peak memory after {MOST} more documents / after {MANY}", before)


def run(documents: int) -> int:
	"""Insert that many notes, give them chains and remove them. Return the number of statements of the second step."""
	prefix = f"{filling.PREFIX}{frappe.generate_hash(length=6)}"
	names = (f"{prefix}-{number:06d}" for number in range(documents))
	notes = ({"name": name, "title": name, "content": "Benchmark"} for name in names)
	filling.insert(DOCTYPE, notes)
	frappe.db.commit()
	sent = statements(lambda: numbering.number_documents(DOCTYPE))
	assert frappe.db.count(writer.ROW, {"activity_type": DOCTYPE}) == documents
	remove_notes()
	return sent


def register() -> None:
	"""Insert the source directly: saving the settings would enqueue the work."""
	source = {"name": f"{filling.PREFIX}source", "document_type": DOCTYPE, "title_field": "title"}
	of = {"parent": SETTINGS, "parenttype": SETTINGS, "parentfield": "sources", "idx": 1}
	filling.insert("Interaction Source", [{**source, **of}])
	_forget()


def remove() -> None:
	remove_notes()
	frappe.db.delete("Interaction Source", {"name": ("like", f"{filling.PREFIX}%")})
	frappe.db.commit()
	_forget()


def remove_notes() -> None:
	"""Remove the notes, their rows and their chains, and commit."""
	notes = {"activity_type": DOCTYPE, "activity": ("like", f"{filling.PREFIX}%")}
	chains = frappe.get_all(writer.ROW, notes, pluck="chain")
	for batch in frappe.utils.create_batch(chains, filling.BATCH):
		for doctype, field in ((filling.CHAIN, "name"), (writer.ROW, "chain")):
			frappe.db.delete(doctype, {field: ("in", batch)})
	frappe.db.delete(DOCTYPE, {"name": ("like", f"{filling.PREFIX}%")})
	frappe.db.commit()


def _forget() -> None:
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	registry.clear_cache()


if __name__ == "__main__":
	sys.exit(main())
