"""Progress of jobs, written by them and read by the settings form; the jobs don't depend on it."""

import frappe

KEY = "crm_interactions_numbering"


def report_progress(doctype: str, done: int, total: int) -> None:
	"""Store in the cache how many documents of a type are done, and the total, raised to `done` if less."""
	frappe.cache.hset(KEY, doctype, {"done": done, "total": max(total, done)})


def clear_progress(doctype: str) -> None:
	frappe.cache.hdel(KEY, doctype)


def report_values(key: str, values: dict, seconds: int | None = None) -> None:
	"""Store the progress of a job that isn't one of a document type, for some seconds or for good."""
	frappe.cache.set_value(key, values, expires_in_sec=seconds)


def read_values(key: str) -> dict | None:
	# with an expiry, Frappe doesn't keep the value for the request
	return frappe.cache.get_value(key, expires=True)


def read_progress() -> dict[str, dict[str, int]]:
	"""Return `done` and `total` of each document type whose numbering isn't finished, even if its job died."""
	names = sorted(key.decode() for key in frappe.cache.hkeys(KEY))
	return {name: frappe.cache.hget(KEY, name) for name in names}
