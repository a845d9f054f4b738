"""Planned documents of other apps that My Day can complete or put off."""

from dataclasses import dataclass

from crm_interactions.followups.rules import PLANNING


@dataclass(frozen=True)
class Way:
	"""How to change a planned document of another app.

	Args:
		done: value of the field `status` of a document that was completed.
		dates: fields that move together when it is put off; the first filled one is its date in the journal.
	"""

	done: str
	dates: tuple[str, ...]


WAYS = {
	"ToDo": Way("Closed", ("date",)),
	"Event": Way("Completed", ("starts_on", "ends_on")),
	"Task": Way("Completed", ("exp_end_date", "exp_start_date")),
	"CRM Task": Way("Done", ("due_date", "start_date")),
}


def describe(doctype: str) -> dict:
	"""Return `done_status`, the status that completes a document of another app, and `may_snooze`."""
	way = WAYS.get(doctype)
	return {"done_status": way.done if way else None, "may_snooze": bool(way) or doctype in PLANNING}
