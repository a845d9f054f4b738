"""Document events of the app's activities that plan next steps."""

from crm_interactions.followups import assignment, calendar, planner, rules


def on_change(doc, method=None):
	"""Apply plan, assignment and calendar; runs after the journal, so that a new activity has its chain."""
	if doc.doctype in rules.PLANNING and not doc.flags.in_delete:
		planner.apply_plan(doc)
		assignment.sync_assignment(doc)
		calendar.sync_event(doc)


def on_trash(doc, method=None):
	if doc.doctype in rules.PLANNING:
		planner.on_trash(doc)
		calendar.on_trash(doc)
