"""Data of the card for a ringing call: matches of the number, last activities and open steps that the user may read."""

import frappe

from crm_interactions.capture import records
from crm_interactions.capture.exchange import CALL
from crm_interactions.journal.writer import ROW
from crm_interactions.parties import matches

RECENT, OPEN = 3, 5
SHOWN = ("activity_type", "activity", "title", "activity_date", "due_until", "status", "interaction_type")


def read_card(number: str) -> dict:
	"""Return the matches of a number and, if it is exactly one, the history with that partner.

	Returns: `matches` (`parties.matches`), `recent` and `open` (`read_history`), and `interaction_type` of a logged call.
	"""
	found = matches.find_matches(number)
	sole = found[0] if len(found) == 1 and found[0]["exact"] else None
	known = sole and sole["party"]
	history = read_history(sole["party_type"], sole["party"]) if known else {"recent": [], "open": []}
	return {"matches": found, **history, "interaction_type": records.find_type(CALL)}


def read_history(party_type: str, party: str) -> dict:
	"""Return rows of `SHOWN` of the last activities with a partner, and of its open steps, the next due first.

	Two queries, however long the history is; both find only rows that the user may read.
	"""
	of = {"party_type": party_type, "party": party}
	return {
		"recent": _rows({**of, "status": "Done"}, "activity_date desc", RECENT),
		"open": _rows({**of, "status": "Planned"}, "due_until asc", OPEN),
	}


def _rows(filters: dict, order: str, most: int) -> list[dict]:
	return frappe.get_list(ROW, filters, SHOWN, order_by=order, limit=most)
