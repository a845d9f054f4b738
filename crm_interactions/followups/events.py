"""Document events of the app's activities that plan next steps."""

from crm_interactions.followups import assignment, calendar, planner, rules


def on_change(doc, method=None):
	"""Apply plan, assignment and calendar of an Interaction or Meeting in its chain; raises as `apply_plan`."""
	if doc.doctype in rules.PLANNING and not doc.flags.in_delete:
		planner.apply_plan(doc)
		assignment.sync_assignment(doc)
		calendar.sync_event(doc)


def on_trash(doc, method=None):
	"""Clear the plan links to an Interaction or Meeting that is being deleted, and delete its Event."""
	if doc.doctype in rules.PLANNING:
		planner.on_trash(doc)
		calendar.on_trash(doc)
