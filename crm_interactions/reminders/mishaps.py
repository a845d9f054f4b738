"""Rows that can't be shown as they should be: the others are, and the Error Log says so once."""

from collections.abc import Callable

import frappe

ROW, PARTY_TYPE = "Digest: Row Left Out", "Digest: Partner Type Is Missing"


def describe_or_log(describe: Callable[[], dict], doctype: str, name: str) -> dict | None:
	"""Return what a list says of a document; None, and a line in the Error Log, where it can't be said."""
	try:
		return describe()
	except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
		raise  # others were in the way; the next run does it
	except Exception:
		frappe.clear_messages()
		log_once(ROW, doctype, name, frappe.get_traceback())
		return None


def log_once(title: str, doctype: str, name: str, message: str) -> None:
	"""Log a mishap, unless the Error Log has it already; kept there as long as the platform's Log Settings say."""
	logged = {"method": title, "reference_doctype": doctype, "reference_name": name}
	if not frappe.db.exists("Error Log", logged):
		frappe.log_error(title, message, reference_doctype=doctype, reference_name=name)
