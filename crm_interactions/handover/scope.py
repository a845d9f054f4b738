"""Scope of a hand-over: a user's activities, chains and assignments that the session's user can read.

Assignments are read without permission checks, since Frappe shows a task to its assignee and its author only. Users who
can change the assigned document may also change its assignee, as they may change `responsible` on a form.
"""

from dataclasses import dataclass

import frappe
from frappe.utils import get_datetime, now_datetime

from crm_interactions.chains.locks import CHAIN
from crm_interactions.followups import rules
from crm_interactions.journal.writer import ROW

RECORD, TODO = "Product Record", "ToDo"
# order matters: activities before their chain, both before the tasks that assign them
DOCTYPES = (*rules.PLANNING, RECORD, CHAIN, TODO)
FIELDS = {TODO: "allocated_to"}
RESPONSIBLE = "responsible"
FIRST = ""


@dataclass(frozen=True)
class Scope:
	from_user: str
	open_only: bool = True
	party_type: str | None = None
	party: str | None = None
	chain: str | None = None
	interaction_type: str | None = None

	@property
	def narrowed(self) -> dict:
		"""Return the filters of the scope as journal columns: `party_type` with `party`, `chain`, `interaction_type`.

		Unset ones are left out, also a `party_type` without a `party`; `from_user` and `open_only` aren't filters.
		"""
		given = {
			**({"party_type": self.party_type, "party": self.party} if self.party else {}),
			"chain": self.chain,
			"interaction_type": self.interaction_type,
		}
		return {field: value for field, value in given.items() if value}


def read_scope(record) -> Scope:
	"""Return the scope in a hand-over's record."""
	narrowing = (record.party_type, record.party, record.chain, record.interaction_type)
	return Scope(record.from_user, bool(record.open_only), *narrowing)


def field_of(doctype: str) -> str:
	return FIELDS.get(doctype, RESPONSIBLE)


def list_documents(scope: Scope, doctype: str, after: str = FIRST, limit: int = 0) -> tuple[list, str | None]:
	"""Return a page of a type's documents in scope that the session's user can read, in name order.

	Args:
		after: the name after which the page begins.
		limit: most rows to examine; 0 for all. Tasks out of scope or of unreadable documents are left out afterwards.

	Returns: the rows (`_columns`), and the name after which the next page begins; None on the last page.
	"""
	filters = _filters(scope, doctype)
	if filters is None or not (doctype == TODO or frappe.has_permission(doctype, "read")):
		return [], None
	read = frappe.get_all if doctype == TODO else frappe.get_list
	found = read(
		doctype,
		filters=[*filters, ["name", ">", after]] if after else filters,
		fields=_columns(doctype),
		order_by="name asc",
		limit_page_length=limit,
	)
	more = found[-1].name if limit and len(found) == limit else None
	return (_list_readable(_matching(scope, found)) if doctype == TODO else found), more


def count_documents(scope: Scope) -> dict:
	"""Return the number of documents of each kind in scope that the session's user can read.

	Returns: `activities` (product records too), `next_steps` (planned follow-ups, not in `activities`), `chains` and
		`assignments`, with their sum `total`; `reminders` (planned activities with a start to come),
		`bookings` (held resources) and `calendar_entries` of activities and next steps; and `not_allowed`, the part of
		the total, without tasks, of types that the user can't write at all.
	"""
	found = {doctype: list_documents(scope, doctype)[0] for doctype in DOCTYPES}
	activities = [row for doctype in rules.PLANNING for row in found[doctype]]
	planned = [row for row in activities if row.status == "Planned"]
	steps = [row for row in planned if row.planned_by]
	now = now_datetime()
	return {
		"activities": len(activities) - len(steps) + len(found[RECORD]),
		"next_steps": len(steps),
		"chains": len(found[CHAIN]),
		"assignments": len(found[TODO]),
		"reminders": sum(get_datetime(row.starts_on) > now for row in planned),
		"bookings": sum(_bookings(kind, [row.name for row in found[kind]]) for kind in rules.PLANNING),
		"calendar_entries": sum(bool(row.event) for row in activities),
		"total": sum(map(len, found.values())),
		"not_allowed": sum(
			len(rows)
			for doctype, rows in found.items()
			if rows and doctype != TODO and not frappe.has_permission(doctype, "write")
		),
	}


def list_names_in_chain(scope: Scope, doctype: str, chain: str) -> set[str]:
	"""Return the names of a type's activities in scope in one chain, without permission checks."""
	filters = _filters(scope, doctype)
	if filters is None:
		return set()
	return {*frappe.get_all(doctype, [*filters, ["chain", "=", chain]], pluck="name")}


def is_over(doc) -> bool:
	"""Return whether a document has another status than Planned or Open; False without a status."""
	return doc.get("status") not in (None, "Planned", "Open")


def _filters(scope: Scope, doctype: str) -> list | None:
	"""Return the filters for documents of a type; None when none can be in scope."""
	filters = [[field_of(doctype), "=", scope.from_user]]
	if doctype == TODO:
		return [*filters, ["status", "=", "Open"]]
	if doctype == CHAIN:
		filters.append(["status", "in", ["Open"] if scope.open_only else ["Open", "Closed"]])
	elif doctype == RECORD:
		if scope.open_only:
			return None  # a product record has no status, so it is never open
	else:
		filters.append(["completed", "=", 0])
		if scope.open_only:
			filters.append(["status", "=", "Planned"])
	for field, value in scope.narrowed.items():
		if doctype in (CHAIN, RECORD) and field == "interaction_type":
			return None  # neither has an interaction type
		column = "name" if doctype == CHAIN and field == "chain" else field
		filters.append([column, "=", value])
	return filters


def _columns(doctype: str) -> list[str]:
	if doctype == TODO:
		return ["name", "reference_type", "reference_name"]
	if doctype == CHAIN:
		return ["name"]
	columns = ["name", "chain"]
	return columns if doctype == RECORD else [*columns, "status", "planned_by", "starts_on", "event"]


def _matching(scope: Scope, tasks: list) -> list:
	"""Return the tasks that are in scope themselves or assign a document in scope."""
	wanted = scope.narrowed
	if not wanted:
		return tasks
	columns_by_document = _read_columns(tasks)
	return [
		task
		for task in tasks
		if any(
			all(about.get(field) == value for field, value in wanted.items())
			for about in (
				columns_by_document.get((TODO, task.name), {}),
				columns_by_document.get((task.reference_type, task.reference_name), {}),
			)
		)
	]


def _read_columns(tasks: list) -> dict[tuple[str, str], dict]:
	"""Return the journal columns of tasks and assigned documents, and the same of assigned chains."""
	names = {task.name for task in tasks} | {task.reference_name for task in tasks if task.reference_name}
	chains = [task.reference_name for task in tasks if task.reference_type == CHAIN]
	columns = ["activity_type", "activity", "chain", "party_type", "party", "interaction_type"]
	known = {
		(row.activity_type, row.activity): row
		for batch in frappe.utils.create_batch(sorted(names), 1000)
		for row in frappe.get_all(ROW, {"activity": ("in", batch)}, columns)
	}
	for batch in frappe.utils.create_batch(chains, 1000):
		for row in frappe.get_all(CHAIN, {"name": ("in", batch)}, ["name", "party_type", "party"]):
			known[CHAIN, row.name] = {**row, "chain": row.name}
	return known


def _list_readable(tasks: list) -> list:
	return [task for task in tasks if has_task_permission(task, "read")]


def has_task_permission(task, right: str, user: str | None = None) -> bool:
	"""Return whether a user has a right to a task's document (False if deleted), or to a task without a document."""
	if task.reference_type and task.reference_name:
		assigned = task.reference_type, task.reference_name
		# its app may have been uninstalled
		if not (frappe.db.exists("DocType", assigned[0]) and frappe.db.exists(*assigned)):
			return False
		return bool(frappe.has_permission(assigned[0], right, doc=assigned[1], user=user))
	return bool(frappe.has_permission(TODO, right, doc=task.name, user=user))


def _bookings(doctype: str, names: list[str]) -> int:
	return sum(
		frappe.db.count("Activity Resource", {"parenttype": doctype, "parent": ("in", batch), "holds": 1})
		for batch in frappe.utils.create_batch(names, 1000)
	)
