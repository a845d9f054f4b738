"""Rows of a digest that can't be rendered: each is left out and logged once in the Error Log."""

from collections.abc import Callable

import frappe

ROW, PARTY_TYPE = "Digest: Row Left Out", "Digest: Partner Type Is Missing"


def describe_or_log(describe: Callable[[], dict], doctype: str, name: str) -> dict | None:
	"""Return the result of `describe`; if it fails, log the error once for the document and return None.

	A failure clears pending messages. A deadlock or lock timeout isn't caught.
	"""
	try:
		return describe()
	except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
		raise  # another transaction had precedence; the next run retries
	except Exception:
		frappe.clear_messages()
		log_once(ROW, doctype, name, frappe.get_traceback())
		return None


def log_once(title: str, doctype: str, name: str, message: str) -> None:
	"""Log an error, unless the Error Log still has one with this title for the document."""
	logged = {"method": title, "reference_doctype": doctype, "reference_name": name}
	if not frappe.db.exists("Error Log", logged):
		frappe.log_error(title, message, reference_doctype=doctype, reference_name=name)
