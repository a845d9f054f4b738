"""What the platform tells of our activities that plan."""

from crm_interactions.followups import assignment, calendar, planner, rules


def on_change(doc, method=None):
	"""After the journal, so that the chain of a new activity is there already."""
	if doc.doctype in rules.PLANNING and not doc.flags.in_delete:
		planner.apply_plan(doc)
		assignment.sync_assignment(doc)
		calendar.sync_event(doc)


def on_trash(doc, method=None):
	if doc.doctype in rules.PLANNING:
		planner.on_trash(doc)
		calendar.on_trash(doc)
