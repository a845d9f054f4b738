"""Task of ERPNext's projects; task templates are not activities."""

from crm_interactions.integrations.erpnext import parties
from crm_interactions.journal.source import Source

ORIGINS = (("=Task", "parent_task"), ("=Issue", "issue"), ("=Project", "project"))


def counts(doc) -> bool:
	return not doc.is_template and doc.status != "Template"


def party_of(doc) -> tuple[str, str] | None:
	"""Return the partner of the task's issue, else of its project, if its type is configured; a task names none."""
	return parties.find_partner(doc, ORIGINS[1:], {"Customer": "customer", "Lead": "lead"})


SOURCE = Source(
	doctype="Task",
	date=("completed_on", "exp_end_date", "exp_start_date"),
	title=("subject",),
	responsible=("completed_by",),
	status="status",
	planned=frozenset({"Open", "Working", "Pending Review", "Overdue"}),
	cancelled=frozenset({"Cancelled"}),
	origins=ORIGINS,
	party_of=party_of,
	counts=counts,
	icon="check",
	color="cyan",
)
