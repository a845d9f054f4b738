"""What was done to chains, by whom, and what it moved: enough to undo it exactly (B2)."""

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
	"""Add an entry; return its name.

	Args:
		action: one of the entry's actions, "Join", "Split" …
		chain: the chain that it happened to.
		more: further fields of the entry.
	"""
	entry = frappe.new_doc(LOG)
	entry.update({"action": action, "chain": chain, **more})
	entry.flags.ignore_links = True
	# the log is written for whoever changes a chain; nobody writes it himself
	entry.insert(ignore_permissions=True)
	dynamic_links.announce_types(LOG, more)
	return entry.name


def write_moves(entry: str, moves: list[dict]) -> None:
	"""Note which rows an entry moved.

	Args:
		moves: `link`, `from_chain`, `to_chain` and, where it follows something else now, `previous_changed` and
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
	for some in create_batch(rows, 1000):
		frappe.db.bulk_insert(MOVE, list(COLUMNS), some)


def hold_entry(name: str) -> dict:
	"""Return an entry that is about to be undone, held.

	Raises: DoesNotExistError; ValidationError when it was undone already.
	"""
	entry = frappe.db.get_value(LOG, name, "*", as_dict=True, for_update=True)
	if not entry:
		frappe.throw(
			_("This entry of the chain's log isn't there any more. Reload."), frappe.DoesNotExistError
		)
	if entry["undone_on"]:
		frappe.throw(
			_("{0} undid this already. Reload to see it.").format(
				bold(frappe.utils.get_fullname(entry["undone_by"]))
			),
			title=_("Undone Already"),
		)
	return entry


def moves_of(name: str) -> list[dict]:
	return frappe.get_all(
		MOVE, {"log": name}, ["link", "from_chain", "to_chain", "previous_changed", "previous_before"]
	)


def mark_undone(name: str) -> None:
	frappe.db.set_value(LOG, name, {"undone_on": now(), "undone_by": frappe.session.user})


def delete_entries(chain: str) -> None:
	"""A chain that is deleted takes its entries with it; those of others no longer name it."""
	entries = frappe.get_all(LOG, {"chain": chain}, pluck="name")
	frappe.db.delete(MOVE, {"log": ("in", entries or [""])})
	frappe.db.delete(LOG, {"name": ("in", entries or [""])})
	frappe.db.set_value(LOG, {"other_chain": chain}, "other_chain", None, update_modified=False)
