"""Show that a backfill needs constant memory: 5,000 captured mails, and 100,000 that are counted.

Memory may grow by a tenth from the first twentieth of the documents to the end. Both runs walk through the documents alike.
"""

import os
import sys
import time
from datetime import datetime, timedelta

import frappe
from filling import PREFIX, insert
from filling import partner as new_partner
from harness import connect, peak_memory, report_memory, tell

from crm_interactions.capture import backfill

SETTINGS = "CRM Interactions Settings"
CAPTURED = int(os.environ.get("CRM_BENCH_CAPTURED", "5000"))
COUNTED = int(os.environ.get("CRM_BENCH_COUNTED", "100000"))
SENDER = "ana.backfill@example.net"
TEXT = (
	"<p>Please send the new prices of the pumps.</p><blockquote>We can offer both from March on.</blockquote>"
)
SINCE = datetime(2020, 1, 1)


def main() -> int:
	connect()
	mode = frappe.db.get_single_value(SETTINGS, "capture_mail")
	try:
		prepare()
		kept = [walk("capture", CAPTURED, dry_run=False), walk("count", COUNTED, dry_run=True)]
	finally:
		clear(mode)
	return 0 if all(kept) else 1


def prepare() -> None:
	partner = new_partner()
	links = [{"link_doctype": partner.doctype, "link_name": partner.name}]
	ana = frappe.get_doc({"doctype": "Contact", "first_name": "Ana", "links": links})
	ana.append("email_ids", {"email_id": SENDER, "is_primary": 1})
	ana.insert()
	frappe.db.set_single_value(SETTINGS, "capture_mail", "Known Contacts")
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	frappe.db.commit()


def walk(title: str, number: int, *, dry_run: bool) -> bool:
	"""Run a backfill of new mails; return True if its memory stays."""
	insert("Communication", (mail(f"{title}-{place}", place) for place in range(number)))
	frappe.db.commit()
	first, early = number // 20, []
	told = backfill.progress.report_values

	def note(key: str, values: dict) -> None:
		if values["done"] >= first and not early:
			early.append(peak_memory())
		told(key, values)

	backfill.progress.report_values = note
	started = time.monotonic()
	try:
		counts = backfill.run(dry_run=dry_run)
	finally:
		backfill.progress.report_values = told
	tell(f"{title} {number:,} mails", f"{time.monotonic() - started:.0f} s, {counts}")
	return report_memory(f"memory to {title} {number:,} mails / after the first twentieth", early[0])


def mail(name: str, place: int) -> dict:
	sent = SINCE + timedelta(minutes=place)
	return {
		"name": f"{PREFIX}{name}",
		"communication_type": "Communication",
		"communication_medium": "Email",
		"sent_or_received": "Received",
		"subject": f"Prices {place}",
		"sender": SENDER,
		"recipients": "sales@example.com",
		"content": TEXT,
		"communication_date": sent,
		"creation": sent,
		"message_id": f"{PREFIX}{name}@example.net",
	}


def clear(mode: str | None) -> None:
	"""Delete what the runs made, so that later benchmarks find the site as it was."""
	frappe.db.rollback()
	like = ("like", f"{PREFIX}%")
	for doctype in ("Interaction", "Captured Item", "Capture Refusal"):
		frappe.db.delete(doctype, {"source": like})
	frappe.db.delete("Communication", {"name": like})
	frappe.db.delete("Communication Link", {"parent": like})
	for doctype in ("Activity Link", "Interaction Chain"):
		frappe.db.delete(doctype, {"title": ("like", "Prices %")})
	frappe.db.set_single_value(SETTINGS, "capture_mail", mode)
	frappe.db.commit()


if __name__ == "__main__":
	sys.exit(main())
