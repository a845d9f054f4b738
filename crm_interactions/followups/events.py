"""Document events of the app's activities that plan next steps."""

from crm_interactions.followups import assignment, calendar, planner, rules


def on_change(doc, method=None):
	"""Apply the plan of an Interaction or Meeting, and update its ToDos and Event; skip other documents and deletions.

	Raises: as `apply_plan` and `assign_follow_up`.
	"""
	if doc.doctype in rules.PLANNING and not doc.flags.in_delete:
		planner.apply_plan(doc)
		assignment.sync_assignment(doc)
		calendar.sync_event(doc)


def on_trash(doc, method=None):
	"""Clear the plan links to a deleted Interaction or Meeting, and delete its Event; skip other documents."""
	if doc.doctype in rules.PLANNING:
		planner.on_trash(doc)
		calendar.on_trash(doc)
