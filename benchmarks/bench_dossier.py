"""Make the dossier of a chain of 500 activities with notes, people and files, in at most 60 s, and show its memory.

The time is that of the whole job: reading, sums of the files, layout and storage. It needs an otherwise idle machine.
"""

import os
import sys
import time

import frappe
from filling import activities, chain, insert, ordinary_user, partner, remove
from harness import connect, peak_memory, report, tell

from crm_interactions.insight.dossier import job

LENGTH = int(os.environ.get("CRM_BENCH_ACTIVITIES", "500"))
MOST_SECONDS = 60
FILES, BYTES = 50, 2_000_000
PARTICIPANT = "Interaction Participant"
NOTE = (
	"<p>They asked for the price of the pumps <b>P-40</b> and P-60, and for delivery in March. The customer wants a "
	"discount of five per cent for ten pieces, and a service contract.</p><ul><li>Prices</li><li>Delivery</li></ul>"
	"<p>We promised an answer by the end of the week, after a look at the stock and at the dates of the carrier.</p>"
)


def main() -> int:
	connect()
	files = []
	try:
		name = prepare(files)
		frappe.set_user(ordinary_user())
		before, started, busy = peak_memory(), time.perf_counter(), time.process_time()
		job.run(name, frappe.session.user, "en")
		seconds, known = time.perf_counter() - started, job.read_progress(name)
		assert known["state"] == job.DONE, known
		files += frappe.get_all("File", {"file_url": known["file_url"]}, pluck="name")
		size = frappe.db.get_value("File", files[-1], "file_size") / 1024**2
		tell("dossier", f"{known['pages']} pages, {size:.1f} MB, {LENGTH / seconds:.0f} activities a second")
		tell("processor", f"{time.process_time() - busy:.0f} s")
		tell("peak memory", f"{peak_memory():.0f} MB, {before:.0f} MB before")
		kept = report(f"seconds for {LENGTH:,} activities", seconds, MOST_SECONDS)
	finally:
		clear(files)
	return 0 if kept else 1


def prepare(files: list[str]) -> str:
	"""Return a chain whose activities have notes and participants, and some of them files."""
	name = chain(LENGTH, partner())
	for doctype in ("Interaction", "Meeting", "Product Record"):
		frappe.db.set_value(doctype, {"chain": name}, "notes", NOTE, update_modified=False)
	for doctype, share in (("Interaction", 0.5), ("Meeting", 0.2)):
		insert(PARTICIPANT, people(doctype, activities(name, int(LENGTH * share), doctype)))
	for number, activity in enumerate(activities(name, FILES)):
		attached = {"attached_to_doctype": "Interaction", "attached_to_name": activity}
		content = os.urandom(BYTES)
		file = frappe.get_doc(
			{"doctype": "File", "file_name": f"{number}.bin", "content": content, **attached}
		)
		files.append(file.insert().name)
	frappe.db.commit()
	return name


def people(doctype: str, names: list[str]):
	for name in names:
		for number in range(3):
			yield {
				"name": f"{name}-{number}",
				"parent": name,
				"parenttype": doctype,
				"parentfield": "participants",
				"idx": number + 1,
				"full_name": f"Ana Horvat {number}",
				"email": f"ana.{number}@example.com",
				"phone": "+385 1 4567 890",
				"side": "Theirs",
			}


def clear(files: list[str]) -> None:
	frappe.db.rollback()
	frappe.set_user("Administrator")
	for name in files:
		frappe.delete_doc("File", name)
	remove(PARTICIPANT)


if __name__ == "__main__":
	sys.exit(main())
