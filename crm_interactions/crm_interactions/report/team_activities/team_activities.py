"""The supervisor's report: open work per user, with the list behind each number (R26)."""

from frappe import _

from crm_interactions.supervision import workload

COLORS = {"late": "Red", "chains": "Orange", "to_review": "Blue"}


def execute(filters=None):
	people = workload.of_team()
	note = _("Today is each person's own day, in their time zone. Late is the same for all.")
	return _columns(), people, note, None, _summary(people)


def _labels() -> dict[str, str]:
	return {
		"today": _("Today"),
		"late": _("Late"),
		"planned": _("Planned"),
		"chains": _("No Next Step"),
		"to_review": _("To Review"),
	}


def _columns() -> list[dict]:
	shown = {part: label for part, label in _labels().items() if part in workload.parts()}
	return [
		{"fieldname": "person", "label": _("Person"), "fieldtype": "Data", "width": 220},
		*(
			{"fieldname": part, "label": label, "fieldtype": "Int", "width": 120}
			for part, label in shown.items()
		),
	]


def _summary(people: list[dict]) -> list[dict]:
	"""Return the totals for the cards above the table."""
	return [
		{
			"value": sum(person[part] for person in people),
			"label": label,
			"datatype": "Int",
			"indicator": COLORS.get(part, "Grey"),
		}
		for part, label in _labels().items()
		if part in workload.parts()
	]
