"""How far the numbering of a document type is. Told by the job, read by the settings' form; the work doesn't need it."""

import frappe

KEY = "crm_interactions_numbering"


def report_progress(doctype: str, done: int, total: int) -> None:
	"""Keep how many documents of a type have been looked at, of how many."""
	frappe.cache.hset(KEY, doctype, {"done": done, "total": max(total, done)})


def clear_progress(doctype: str) -> None:
	frappe.cache.hdel(KEY, doctype)


def read_progress() -> dict[str, dict[str, int]]:
	"""Return `done` and `total` of each document type whose numbering has begun and isn't over."""
	names = sorted(key.decode() for key in frappe.cache.hkeys(KEY))
	return {name: frappe.cache.hget(KEY, name) for name in names}
