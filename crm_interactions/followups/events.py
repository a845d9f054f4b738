"""Document events of the app's activities that plan next steps."""

from crm_interactions.followups import assignment, calendar, finishing, planner, rules


def on_change(doc, method=None):
	"""Apply the plan of an Interaction or Meeting, and update its ToDos, Event and, if it is reopened, its chain.

	Other documents and deletions are skipped. Raises: as `apply_plan`, `assign_follow_up` and `closing.reopen`.
	"""
	if doc.doctype in rules.PLANNING and not doc.flags.in_delete:
		planner.apply_plan(doc)
		assignment.sync_assignment(doc)
		calendar.sync_event(doc)
		finishing.reopen_chain(doc)


def on_trash(doc, method=None):
	"""Clear the plan links to a deleted Interaction or Meeting, and delete its Event; skip other documents."""
	if doc.doctype in rules.PLANNING:
		planner.on_trash(doc)
		calendar.on_trash(doc)
