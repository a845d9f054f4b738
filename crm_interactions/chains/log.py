"""The chain log: each action with its user and the rows that it moved, so that it can be undone exactly (B2)."""

import frappe
from frappe import _
from frappe.utils import get_fullname, now

from crm_interactions.controllers.validation import bold
from crm_interactions.journal import dynamic_links
from crm_interactions.platform.bulk_insert import insert_rows

LOG = "Interaction Chain Log"
MOVE = "Interaction Chain Move"
MOVED = ("link", "from_chain", "to_chain", "previous_changed", "previous_before")


def write_entry(action: str, chain: str, **more) -> str:
	"""Add a log entry of the session user, without a check of rights or links; return its name.

	`action` is an option of the field Action, such as "Join"; `more` are further fields of the entry.
	"""
	entry = frappe.new_doc(LOG)
	entry.update({"action": action, "chain": chain, **more})
	entry.flags.ignore_links = True
	# no role may create entries: only the server writes the log
	entry.insert(ignore_permissions=True)
	dynamic_links.announce_types(LOG, more)
	return entry.name


def write_moves(entry: str, moves: list[dict]) -> None:
	"""Record by query the rows that a log entry moved; the rows themselves stay unchanged.

	Each move has `link`, the name of the row, `from_chain`, `to_chain` and, if its previous row changed,
	`previous_changed` and `previous_before`.
	"""
	unchanged = {"previous_changed": 0, "previous_before": None}
	rows = ({**unchanged, **move} for move in moves)
	insert_rows(MOVE, ("log", *MOVED), ((entry, *(row[field] for field in MOVED)) for row in rows))


def hold_entry(name: str) -> dict:
	"""Lock a log entry and return all its fields; DoesNotExistError if missing, ValidationError if already undone."""
	entry = frappe.db.get_value(LOG, name, "*", as_dict=True, for_update=True)
	if not entry:
		frappe.throw(
			_("This entry of the chain log no longer exists. Reload the page."), frappe.DoesNotExistError
		)
	if entry["undone_on"]:
		user = bold(get_fullname(entry["undone_by"]))
		frappe.throw(
			_("{0} has already undone this action. Reload the page.").format(user), title=_("Already Undone")
		)
	return entry


def list_moves(name: str) -> list[dict]:
	"""Return the moves of a log entry as dicts with the fields `MOVED`, without a check of rights."""
	return frappe.get_all(MOVE, {"log": name}, [*MOVED])


def mark_undone(name: str) -> None:
	"""Set time and session user of the undo on a log entry, which sets `modified`; rows stay where they are."""
	frappe.db.set_value(LOG, name, {"undone_on": now(), "undone_by": frappe.session.user})


def delete_entries(chain: str) -> None:
	"""Delete a chain's log entries and their moves, and clear the chain in other chains' entries, all by query."""
	entries = frappe.get_all(LOG, {"chain": chain}, pluck="name")
	frappe.db.delete(MOVE, {"log": ("in", entries or [""])})
	frappe.db.delete(LOG, {"name": ("in", entries or [""])})
	frappe.db.set_value(LOG, {"other_chain": chain}, "other_chain", None, update_modified=False)
