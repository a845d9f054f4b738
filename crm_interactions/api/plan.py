"""HTTP methods for activity plans; PermissionError means a missing right, DoesNotExistError an unknown name."""

import frappe
from frappe import _

from crm_interactions.api import arguments, reading
from crm_interactions.chains import locks, plan_runs
from crm_interactions.controllers import validation
from crm_interactions.followups import rules
from crm_interactions.plans import shifting, starting


@frappe.whitelist(methods=["GET"])
@arguments.checked
def preview(
	plan: str, chain: str | None = None, party_type: str | None = None, party: str | None = None
) -> dict:
	"""Return the steps that `start` would plan in a chain, with a partner or, without either, for the session's user (B9).

	Returns: `steps`, each with `position`, `title`, `interaction_type`, `offset`, `offset_unit`, `working_time`,
		`responsible`, `responsible_name` and either `starts_on` or `condition`, the outcome of the step before it that it
		waits for; `chain`, that of the partner or None for a new one, and `chain_title`; `running`, true if the plan runs
		there already.
	"""
	found = _read_plan(plan)
	if chain:
		frappe.get_doc(locks.CHAIN, chain).check_permission("read")
	elif party:
		reading.require_document(party_type, party)
	return starting.preview(found, chain, (party_type, party) if party else None)


@frappe.whitelist(methods=["POST"])
@arguments.checked
def start(plan: str, targets: str | list, steps: str | list | None = None) -> dict:
	"""Plan the steps of a plan in chains and with partners; a refused one doesn't stop the others (B9).

	Steps without a condition are planned now, each of the others when the one before it is completed with its outcome.
	A step whose step before isn't chosen is left out. The start of a plan that runs in the chain already is refused.

	Args:
		targets: rows of `doctype` and `name`, chains or partners, at most 500; a partner stands for its newest open chain
			that the user may change, or for a new one.
		steps: positions of the steps to plan, all by default.

	Returns: `done` (names), `refused` (rows of `activity`, the name, and `reason`) and `started`, rows of `chain` and
		`planned`, the number of planned activities.

	Raises: PermissionError; ValidationError for a disabled plan, without targets, or if no step is planned at the start;
		ChangedMeanwhileError.
	"""
	found = _read_plan(plan)
	frappe.has_permission(locks.CHAIN, "write", throw=True)
	return starting.start_many(found, _targets(targets), _positions(steps))


@frappe.whitelist(methods=["GET"])
@arguments.checked
def preview_shift(activity_type: str, activity: str) -> list[dict]:
	"""Return what `shift` would move: readable activities as `activity_type`, `activity`, `title`, `starts_on`, `moves_to`."""
	doc = _step(activity_type, activity, "read")
	names = {"starts_on": "activity_date", "activity_type": "activity_type", "activity": "activity"}
	names |= {"title": "title", "moves_to": "moves_to"}
	return [
		{key: row[field] for key, field in names.items()}
		for row in shifting.list_moves(doc)
		if frappe.has_permission(row["activity_type"], "read", doc=row["activity"])
	]


@frappe.whitelist(methods=["POST"])
@arguments.checked
def shift(activity_type: str, activity: str) -> dict:
	"""Move the later steps of a plan after one of them was moved to a later time, by the same span, once (B9).

	The span keeps the time of day; a step in working time moves on to its user's next working moment.

	Returns: `done` and `refused`, as `start`; nothing if the activity wasn't moved since the last call.

	Raises: PermissionError without the right to write the activity; ChangedMeanwhileError.
	"""
	_step(activity_type, activity, "write")
	return shifting.move_rest(activity_type, activity)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def list_runs(chain: str) -> list[dict]:
	"""Return the plans that run in a chain: `name` (for `end`), `plan`, `started_on`, `started_by` and their full name."""
	frappe.get_doc(locks.CHAIN, chain).check_permission("read")
	found = plan_runs.list_active(chain, lock=False)
	return [{**run, "started_by_name": frappe.utils.get_fullname(run["started_by"])} for run in found]


@frappe.whitelist(methods=["POST"])
@arguments.checked
def end(run: str, chain: str) -> dict:
	"""End a plan that runs in a chain, and cancel its planned activities (B9).

	Returns: `run` and `cancelled`, the names of the cancelled activities that the user may read.

	Raises: PermissionError without the right to write the chain; ValidationError if the plan doesn't run there;
		ChangedMeanwhileError.
	"""
	frappe.get_doc(locks.CHAIN, chain).check_permission("write")
	held = locks.hold_followed(chain)
	if run not in {found["name"] for found in plan_runs.list_active(held["name"])}:
		frappe.throw(
			_("This plan no longer runs in {0}. Reload the page.").format(validation.bold(held["name"]))
		)
	return {"run": run, "cancelled": plan_runs.end([run], held["name"])}


def _read_plan(name: str):
	plan = frappe.get_doc(starting.PLAN, name)
	plan.check_permission("read")
	return plan


def _step(activity_type: str, activity: str, right: str):
	if activity_type not in rules.PLANNING:
		kinds = ", ".join(_(doctype) for doctype in rules.PLANNING)
		frappe.throw(_("{0} has no plan. Choose one of: {1}.").format(validation.bold(activity_type), kinds))
	doc = frappe.get_doc(activity_type, activity)
	doc.check_permission(right)
	return doc


def _targets(value: str | list) -> list[tuple[str, str]]:
	found = validation.parse_json(value, "targets") or []
	rows = found if isinstance(found, list) else []
	if not rows or not all(_is_target(row) for row in rows):
		frappe.throw(
			_("The targets are missing or not objects. Send each one as an object such as {0}.").format(
				'{"doctype": "Interaction Chain", "name": "CH-2026-00001"}'
			)
		)
	return list(dict.fromkeys((row["doctype"], row["name"]) for row in rows))


def _is_target(row) -> bool:
	named = isinstance(row, dict) and [row.get("doctype"), row.get("name")]
	return bool(named) and all(isinstance(name, str) and name and validation.is_name(name) for name in named)


def _positions(value: str | list | None) -> set[int] | None:
	if value is None or value == "":
		return None
	found = validation.parse_json(value, "steps") or []
	if not isinstance(found, list) or not all(isinstance(position, int) for position in found):
		frappe.throw(
			_("The steps are not a list of row numbers. Send them as a list such as {0}.").format("[1, 2]")
		)
	return set(found)
