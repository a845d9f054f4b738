"""Until when an activity is due: its time or, planned for a date without a time, the end of the day (R23)."""

from datetime import datetime

from crm_interactions.clock import site_time


def set_due_until(doc) -> None:
	"""Set until when a planned activity is due, without saving; others are not due."""
	if doc.meta.has_field("due_until"):
		doc.due_until = find_due_until(doc.starts_on, doc.status, doc.responsible)


def find_due_until(start, status: str, responsible: str | None) -> datetime | None:
	"""Return the last moment at which an activity isn't late, on the site's clock; None unless planned for a date."""
	return site_time.due_until(start, responsible) if status == "Planned" and start else None
