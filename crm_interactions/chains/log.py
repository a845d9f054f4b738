"""The chain log: each action with its user and the rows that it moved, so that it can be undone exactly (B2)."""

import frappe
from frappe import _
from frappe.utils import create_batch, now

from crm_interactions.controllers.validation import bold
from crm_interactions.journal import dynamic_links

LOG = "Interaction Chain Log"
MOVE = "Interaction Chain Move"
COLUMNS = (
	"name",
	"owner",
	"creation",
	"modified",
	"modified_by",
	"log",
	"link",
	"from_chain",
	"to_chain",
	"previous_changed",
	"previous_before",
)


def write_entry(action: str, chain: str, **more) -> str:
	"""Add a log entry; return its name.

	Args:
		action: an option of the field Action, such as "Join" or "Split".
		chain: name of the changed chain.
		more: further fields of the entry.
	"""
	entry = frappe.new_doc(LOG)
	entry.update({"action": action, "chain": chain, **more})
	entry.flags.ignore_links = True
	# no role may create entries: only the server writes the log
	entry.insert(ignore_permissions=True)
	dynamic_links.announce_types(LOG, more)
	return entry.name


def write_moves(entry: str, moves: list[dict]) -> None:
	"""Record the rows that a log entry moved.

	Args:
		moves: for each row `link`, `from_chain`, `to_chain` and, if its previous row changed, `previous_changed` and
			`previous_before`.
	"""
	at, user = now(), frappe.session.user
	rows = [
		(
			frappe.generate_hash(length=12),
			user,
			at,
			at,
			user,
			entry,
			move["link"],
			move["from_chain"],
			move["to_chain"],
			int(move.get("previous_changed") or 0),
			move.get("previous_before"),
		)
		for move in moves
	]
	for batch in create_batch(rows, 1000):
		frappe.db.bulk_insert(MOVE, list(COLUMNS), batch)


def hold_entry(name: str) -> dict:
	"""Lock and return a log entry that is about to be undone.

	Raises: DoesNotExistError; ValidationError if the entry is already undone.
	"""
	entry = frappe.db.get_value(LOG, name, "*", as_dict=True, for_update=True)
	if not entry:
		frappe.throw(
			_("This entry of the chain log no longer exists. Reload the page."), frappe.DoesNotExistError
		)
	if entry["undone_on"]:
		frappe.throw(
			_("{0} has already undone this action. Reload the page.").format(
				bold(frappe.utils.get_fullname(entry["undone_by"]))
			),
			title=_("Already Undone"),
		)
	return entry


def list_moves(name: str) -> list[dict]:
	return frappe.get_all(
		MOVE, {"log": name}, ["link", "from_chain", "to_chain", "previous_changed", "previous_before"]
	)


def mark_undone(name: str) -> None:
	frappe.db.set_value(LOG, name, {"undone_on": now(), "undone_by": frappe.session.user})


def delete_entries(chain: str) -> None:
	"""Delete a chain's log entries and their moves, and clear the chain in the entries of other chains."""
	entries = frappe.get_all(LOG, {"chain": chain}, pluck="name")
	frappe.db.delete(MOVE, {"log": ("in", entries or [""])})
	frappe.db.delete(LOG, {"name": ("in", entries or [""])})
	frappe.db.set_value(LOG, {"other_chain": chain}, "other_chain", None, update_modified=False)
