"""Project of ERPNext."""

from crm_interactions.journal.source import Source

SOURCE = Source(
	doctype="Project",
	date=("actual_start_date", "expected_start_date"),
	title=("project_name",),
	party=(("=Customer", "customer"),),
	status="status",
	cancelled=frozenset({"Cancelled"}),
	origins=(("=Sales Order", "sales_order"),),
	icon="projects",
	color="orange",
)


def from_chain(chain: dict, participants: list[dict]) -> dict:
	"""Return the field values that a chain provides: its title and its customer, None for other partners."""
	customer = chain["party"] if chain["party_type"] == "Customer" else None
	return {"project_name": chain["title"], "customer": customer}
