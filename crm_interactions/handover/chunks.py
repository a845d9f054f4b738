"""Hand-overs and their undoing in chunks; each chunk is one transaction and can be repeated at any time.

All progress is in the database: a document handed over has a new responsible user, a document left has an entry. So an
interrupted hand-over is simply started again, and concurrent jobs take turns.
"""

from collections import Counter
from functools import partial

import frappe
from frappe.utils import cint, now_datetime

from crm_interactions.handover import history, notification, scope, transfer, transfer_log
from crm_interactions.handover.transfer_log import DONE, GIVEN_BACK, KEPT, LEFT, SHOWN

HAND_OVER = "Interaction Hand Over"
CHUNK = 20
# most additional passes; each picks up documents that arrived during the previous one
SWEEPS = 10
QUEUED, RUNNING, FINISHED, UNDONE, FAILED = "Queued", "Running", "Done", "Undone", "Failed"


def begin_walk(name: str, sweeps: int = SWEEPS):
	"""Return a new walk for a hand-over, or for its undoing if its record says so; nothing is processed yet."""
	walk = Backward if frappe.db.get_value(HAND_OVER, name, "undoing") else Forward
	return walk(name, sweeps)


class Walk:
	"""A walk over document types, by name. A failed step changes nothing here, and can be repeated after a rollback."""

	def __init__(self, name: str, sweeps: int = SWEEPS):
		self.name, self.sweeps = name, sweeps
		self.sweep = self.moved = self.position = 0
		self.after = scope.FIRST

	def step(self) -> bool:
		"""Process one chunk and write the counts, or finish after the last one; return whether more work remains.

		The record stays locked until the caller commits. One that `hold` doesn't return ends the walk.

		Raises: an error of `transfer.TRANSIENT`; the caller rolls back.
		"""
		record = self.hold()
		if not record:
			return False
		if self.position == len(self.doctypes):
			return self.end(record)
		changed, after = self.chunk(record, self.doctypes[self.position])
		self.write_counts(record)
		self.moved += changed
		if after:
			self.after = after
		else:
			self.position, self.after = self.position + 1, scope.FIRST
		return True

	def hold(self):
		"""Lock the record until the transaction ends, set `last_sign_on` (not `modified`), and a queued one Running.

		Returns: the row as read before the mark; None if missing, not queued or running, or of the other direction.
		"""
		now = now_datetime()
		# write first, so that the next read returns the latest version on SQLite and Postgres, too
		frappe.db.set_value(HAND_OVER, self.name, "last_sign_on", now, update_modified=False)
		record = frappe.db.get_value(HAND_OVER, self.name, "*", as_dict=True, for_update=True)
		if not record or record.status not in (QUEUED, RUNNING) or cint(record.undoing) != self.undoing:
			return None
		if record.status == QUEUED:
			started = {"status": RUNNING, **({} if self.undoing else {"started_on": now})}
			frappe.db.set_value(HAND_OVER, self.name, started)
		return record

	@property
	def is_last(self) -> bool:
		return self.sweep >= self.sweeps

	def sweep_again(self) -> bool:
		"""Start another pass if this one found documents and wasn't the last; return whether it did."""
		if not self.moved or self.is_last:
			return False
		self.sweep, self.moved, self.position = self.sweep + 1, 0, 0
		return True

	def write_counts(self, record) -> dict:
		"""Count a record's entries by result, write the counts to the record, which sets `modified`, and return them.

		Returns: `done_count` (including documents given back or kept), `left_count`, `undone_count`, `kept_count`,
			`shown_count` and `total`, which is the record's, or done plus left if that is more.
		"""
		found = Counter(transfer_log.count_by_result(record.name))
		counts = {
			"done_count": found[DONE] + found[GIVEN_BACK] + found[KEPT],
			"left_count": found[LEFT],
			"undone_count": found[GIVEN_BACK],
			"kept_count": found[KEPT],
			"shown_count": found[SHOWN],
		}
		counts["total"] = max(cint(record.total), counts["done_count"] + counts["left_count"])
		frappe.db.set_value(HAND_OVER, record.name, counts)
		return counts

	def finish(self, record, status: str, date_field: str) -> None:
		"""Set status and date; clear `problem` and `running_key`, which allows the next hand-over of the user."""
		values = {"status": status, date_field: now_datetime(), "running_key": None, "problem": None}
		frappe.db.set_value(HAND_OVER, record.name, values)


class Forward(Walk):
	undoing = 0
	doctypes = scope.DOCTYPES

	def chunk(self, record, doctype: str) -> tuple[int, str | None]:
		"""Hand over or leave a page's documents without an entry; return their number and the next start or None."""
		rows, after = scope.list_documents(scope.read_scope(record), doctype, self.after, CHUNK)
		known = transfer_log.find_tried(record.name, doctype, [row.name for row in rows])
		new = [row for row in rows if row.name not in known]
		# in order of chains, the app's order of locks
		for row in sorted(new, key=lambda row: (row.get("chain") or row.name, row.name)):
			transfer.attempt_transfer(
				partial(transfer.hand_over, record, doctype, row.name),
				partial(self.leave, record.name, doctype, row.name),
				last=self.is_last,
			)
		return len(new), after

	@staticmethod
	def leave(hand_over: str, doctype: str, name: str, reason: str) -> None:
		transfer_log.write_entry(hand_over, doctype, name, LEFT, reason=reason)

	def end(self, record) -> bool:
		"""Start another pass, or finish and, if a document was handed over, notify the successor; return as `step`."""
		if self.sweep_again():
			return True
		counts = self.write_counts(record)
		self.finish(record, FINISHED, "finished_on")
		if counts["done_count"]:
			notification.notify_successor(record, transfer_log.count_done_by_type(record.name))
		return False


class Backward(Walk):
	undoing = 1
	# tasks first, while the successor still has the documents that they assign
	doctypes = tuple(reversed(scope.DOCTYPES))

	def chunk(self, record, doctype: str) -> tuple[int, str | None]:
		"""Give back a page of documents, or keep them; return their number and the next page's start or None."""
		rows = transfer_log.list_undoable(record.name, doctype, self.after, CHUNK)
		for entry in rows:
			transfer.attempt_transfer(
				partial(transfer.give_back, record, entry),
				partial(transfer_log.mark_entry, entry.name, KEPT),
				last=self.is_last,
			)
		return len(rows), rows[-1].name if len(rows) == CHUNK else None

	def end(self, record) -> bool:
		"""Start another pass, or hide the history and mark the hand-over as undone; return whether work remains."""
		if self.sweep_again():
			return True
		history.hide_history(record)
		self.write_counts(record)
		self.finish(record, UNDONE, "undone_on")
		return False
