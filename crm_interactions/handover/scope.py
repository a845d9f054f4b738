"""What a hand-over is about: open activities, chains and assignments of somebody, as far as whoever asks may read them.

Assignments are read as the system, since the platform shows a task to its assignee and to whoever assigned it alone. Who
may change the document behind one may also say who has it, as when `responsible` changes on a form.
"""

from dataclasses import dataclass

import frappe
from frappe.utils import get_datetime, now_datetime

from crm_interactions.chains.locks import CHAIN
from crm_interactions.followups import rules
from crm_interactions.journal.writer import ROW

RECORD, TODO = "Product Record", "ToDo"
# in this order: an activity before the chain that it is in, both before the tasks that assign them
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
		"""What has to be equal, as the journal's columns."""
		given = {
			**({"party_type": self.party_type, "party": self.party} if self.party else {}),
			"chain": self.chain,
			"interaction_type": self.interaction_type,
		}
		return {field: value for field, value in given.items() if value}


def read_scope(record) -> Scope:
	"""Return the scope of a hand-over's record."""
	return Scope(
		record.from_user,
		bool(record.open_only),
		record.party_type,
		record.party,
		record.chain,
		record.interaction_type,
	)


def field_of(doctype: str) -> str:
	return FIELDS.get(doctype, RESPONSIBLE)


def list_documents(scope: Scope, doctype: str, after: str = FIRST, limit: int = 0) -> tuple[list, str | None]:
	"""Return documents that the session's user may read, by name.

	Args:
		after: the name after which the page begins.
		limit: how many rows are looked at; 0 for all.

	Returns: the rows, and the name after which the next page begins; None where there is none.
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
	return (_seen(_matching(scope, found)) if doctype == TODO else found), more


def count_documents(scope: Scope) -> dict:
	"""Return how many of each kind there are, as far as the session's user may read them.

	Returns: `activities`, `next_steps`, `chains`, `assignments`; of the activities, `reminders` to come, `bookings` and
		`calendar_entries`, which all follow; `total`; and `not_allowed`, how many of the total are of a kind that he may
		not write at all.
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
		"bookings": sum(
			_bookings(doctype, [row.name for row in found[doctype]]) for doctype in rules.PLANNING
		),
		"calendar_entries": sum(bool(row.event) for row in activities),
		"total": sum(map(len, found.values())),
		"not_allowed": sum(
			len(rows)
			for doctype, rows in found.items()
			if rows and doctype != TODO and not frappe.has_permission(doctype, "write")
		),
	}


def list_names_in_chain(scope: Scope, doctype: str, chain: str) -> set[str]:
	"""Return the names of what is meant in one chain, whoever may read it."""
	filters = _filters(scope, doctype)
	if filters is None:
		return set()
	return {*frappe.get_all(doctype, [*filters, ["chain", "=", chain]], pluck="name", limit_page_length=0)}


def is_over(doc) -> bool:
	"""Whether a document that was open is no longer: it took place, was closed or was done."""
	return doc.get("status") not in (None, "Planned", "Open")


def _filters(scope: Scope, doctype: str) -> list | None:
	"""Return what documents of a type have to meet; None where none can be meant."""
	filters = [[field_of(doctype), "=", scope.from_user]]
	if doctype == TODO:
		return [*filters, ["status", "=", "Open"]]
	if doctype == CHAIN:
		filters.append(["status", "in", ["Open"] if scope.open_only else ["Open", "Closed"]])
	elif doctype == RECORD:
		if scope.open_only:
			return None  # it has no status: what is known of a product is never open
	else:
		filters.append(["completed", "=", 0])
		if scope.open_only:
			filters.append(["status", "=", "Planned"])
	for field, value in scope.narrowed.items():
		if doctype in (CHAIN, RECORD) and field == "interaction_type":
			return None  # neither is of any type
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
	"""Return those tasks whose document, or which themselves, are what was asked for."""
	wanted = scope.narrowed
	if not wanted:
		return tasks
	facts = _facts(tasks)
	return [
		task
		for task in tasks
		if any(
			all(about.get(field) == value for field, value in wanted.items())
			for about in (
				facts.get((TODO, task.name), {}),
				facts.get((task.reference_type, task.reference_name), {}),
			)
		)
	]


def _facts(tasks: list) -> dict[tuple[str, str], dict]:
	"""Return what the journal knows of these tasks, and of the documents and chains that they assign."""
	names = {task.name for task in tasks} | {task.reference_name for task in tasks if task.reference_name}
	chains = [task.reference_name for task in tasks if task.reference_type == CHAIN]
	columns = ["activity_type", "activity", "chain", "party_type", "party", "interaction_type"]
	known = {
		(row.activity_type, row.activity): row
		for some in frappe.utils.create_batch(sorted(names), 1000)
		for row in frappe.get_all(ROW, {"activity": ("in", some)}, columns, limit_page_length=0)
	}
	for some in frappe.utils.create_batch(chains, 1000):
		for row in frappe.get_all(
			CHAIN, {"name": ("in", some)}, ["name", "party_type", "party"], limit_page_length=0
		):
			known[CHAIN, row.name] = {**row, "chain": row.name}
	return known


def _seen(tasks: list) -> list:
	return [task for task in tasks if has_task_permission(task, "read")]


def has_task_permission(task, right: str, user: str | None = None) -> bool:
	"""Whether a user may read or write what a task assigns; a task of its own, the task."""
	if task.reference_type and task.reference_name:
		# the app that brought it may be gone, too
		if not frappe.db.exists("DocType", task.reference_type):
			return False
		if not frappe.db.exists(task.reference_type, task.reference_name):
			return False
		return bool(frappe.has_permission(task.reference_type, right, doc=task.reference_name, user=user))
	return bool(frappe.has_permission(TODO, right, doc=task.name, user=user))


def _bookings(doctype: str, names: list[str]) -> int:
	return sum(
		frappe.db.count("Activity Resource", {"parenttype": doctype, "parent": ("in", some), "holds": 1})
		for some in frappe.utils.create_batch(names, 1000)
	)
