"""Starting a plan in a chain or with a partner, one or many, and the preview of its steps (B9)."""

import frappe
from frappe import _
from frappe.query_builder import Order

from crm_interactions.chains import bulk, locks
from crm_interactions.chains.open_chains import list_open_chains
from crm_interactions.chains.plan_runs import list_active
from crm_interactions.clock import site_time
from crm_interactions.controllers.validation import bold
from crm_interactions.exceptions import ChainClosedError
from crm_interactions.followups import rules
from crm_interactions.journal.writer import ROW
from crm_interactions.parties import partners
from crm_interactions.plans import runs, steps
from crm_interactions.visibility import journal_rows

PLAN = "Activity Plan"


@locks.explain_save_conflicts
def start_many(plan, targets: list[tuple[str, str]], positions: set[int] | None = None) -> dict:
	"""Start a plan in chains and with partners in one transaction; a refused one doesn't stop the others.

	Args:
		targets: (type, name) of chains and partners, at most `bulk.MOST`; a partner stands for its newest open chain that
			the user may change, or for a new one.
		positions: rows of the steps to plan; None for all.

	Returns: `done` and `refused` as `bulk.change_each`, `started`: `chain` and `planned`, the number of planned
		activities, of each target.

	Raises: ValidationError for a disabled plan, and if no step is planned at the start; ChangedMeanwhileError.
	"""
	chosen = choose_steps(plan, positions)
	if any(doctype != locks.CHAIN for doctype, _name in targets):
		_take_turn(plan.name)
	started: list[dict] = []
	answer = bulk.change_each(targets, lambda *target: started.append(_start(plan, chosen, *target)))
	return {**answer, "started": started}


def choose_steps(plan, positions: set[int] | None = None) -> list:
	"""Return the chosen steps of a plan, without those that follow, by an outcome, one that isn't chosen.

	Raises: ValidationError for a disabled plan, and if no step is planned at the start.
	"""
	if plan.disabled:
		frappe.throw(_("The plan {0} is disabled. Choose another plan.").format(bold(plan.name)))
	chosen: list = []
	for step in plan.steps:
		follows = not step.condition or (chosen and chosen[-1].idx == step.idx - 1)
		if follows and (positions is None or step.idx in positions):
			chosen.append(step)
	if not any(not step.condition for step in chosen):
		frappe.throw(_("No step is planned at the start. Choose at least one step without a condition."))
	return chosen


def start_in_chain(
	plan, chosen: list, chain: dict, *, responsible: str, model=None, server: bool = False
) -> dict:
	"""Plan the chosen steps without a condition, open the run and link both; the chain is locked or new.

	Args: as `steps.plan_activity`; `chosen` are rows of the plan.

	Returns: `chain` and `planned`, the number of planned activities.

	Raises: ValidationError if the plan runs in the chain already; as `steps.plan_activity`.
	"""
	about = {"base": site_time.now(), "responsible": responsible, "model": model, "server": server}
	if chain["name"]:
		runs.require_none_active(plan.name, chain["name"])
	first, *others = [step for step in chosen if not step.condition]
	activities = {first.idx: steps.plan_activity(first, plan, chain, **about)}
	chain = {**chain, "name": activities[first.idx].chain}
	for step in others:
		activities[step.idx] = steps.plan_activity(step, plan, chain, **about)
	for position, name in runs.open_run(plan, chain["name"], chosen).items():
		if position in activities:
			runs.link_activity(name, activities[position])
	return {"chain": chain["name"], "planned": len(activities)}


def preview(plan, chain: str | None = None, party: tuple[str, str] | None = None) -> dict:
	"""Return what `start_many` would plan in a chain, with a partner or, without either, for the session's user.

	Returns: `steps`, each with `position`, `title`, `interaction_type`, `condition`, `offset`, `offset_unit`,
		`responsible`, `responsible_name` and `starts_on` (None with a condition); `chain` (None for a new one) and
		`chain_title`; `running`, whether the plan runs there already.
	"""
	found = locks.find_chain(chain) if chain else _find_open_chain(*party) if party else None
	model = find_model(found) if found else None
	of_chain, company = found["responsible"] if found else None, model.get("company") if model else None
	rows = [_describe(step, of_chain, company) for step in plan.steps]
	running = bool(found) and any(run["plan"] == plan.name for run in list_active(found["name"], lock=False))
	return {
		"steps": rows,
		"chain": found["name"] if found else None,
		"chain_title": found["title"] if found else None,
		"running": running,
	}


def find_model(chain: dict):
	"""Return the chain's latest interaction or meeting with its partner that the user may read, or None."""
	table = frappe.qb.DocType(ROW)
	query = (
		frappe.qb.from_(table).select(table.activity_type, table.activity).where(table.chain == chain["name"])
	)
	query = query.where(table.activity_type.isin(rules.PLANNING))
	if chain["party"]:
		query = query.where((table.party_type == chain["party_type"]) & (table.party == chain["party"]))
	query = journal_rows.limit_to_visible(query, types=rules.PLANNING)
	query = query.orderby(table.activity_date, order=Order.desc).orderby(table.name).limit(1)
	found = query.run()
	return frappe.get_doc(*found[0]) if found else None


def _start(plan, chosen: list, doctype: str, name: str) -> dict:
	if doctype == locks.CHAIN:
		return _start_in(plan, chosen, name)
	if doctype not in partners.party_types():
		frappe.throw(_("A plan starts in a chain or with a partner, not with {0}.").format(bold(_(doctype))))
	frappe.has_permission(doctype, "read", doc=name, throw=True)
	if found := _find_open_chain(doctype, name):
		return _start_in(plan, chosen, found["name"])
	new = {"name": None, "party_type": doctype, "party": name, "responsible": None}
	return start_in_chain(plan, chosen, new, responsible=frappe.session.user)


def _start_in(plan, chosen: list, name: str) -> dict:
	held = locks.hold_followed(name)
	frappe.get_doc(locks.CHAIN, held["name"]).check_permission("write")
	if held["status"] != "Open":
		frappe.throw(
			_("Chain {0} is closed, so nothing can be planned in it. Reopen it first.").format(
				bold(held["name"])
			),
			ChainClosedError,
			title=_("Chain Is Closed"),
		)
	return start_in_chain(plan, chosen, held, responsible=frappe.session.user, model=find_model(held))


def _find_open_chain(party_type: str, party: str) -> dict | None:
	found = list_open_chains(party_type, party)
	return locks.find_chain(found[0]["name"]) if found else None


def _take_turn(plan: str) -> None:
	"""Let starts with partners wait for each other, before the chains, so that only one opens a partner's new chain.

	PostgreSQL refuses this write if another transaction has made it since this one began.
	"""
	locks.restart_transaction()
	table = frappe.qb.DocType(PLAN)
	frappe.qb.update(table).set(table.modified, table.modified).where(table.name == plan).run()


def _describe(step, of_chain: str | None, company: str | None) -> dict:
	user = steps.find_responsible(step, frappe.session.user, of_chain)
	# the user of a step with a condition is known when the step before it is done
	user = None if step.condition and step.assignee == steps.RESPONSIBLE else user
	fields = ("title", "interaction_type", "condition", "offset", "offset_unit", "working_time")
	return {
		"position": step.idx,
		**{field: step.get(field) for field in fields},
		"responsible": user,
		"responsible_name": user and frappe.get_cached_value("User", user, "full_name"),
		"starts_on": None if step.condition else steps.find_date(step, site_time.now(), user, company),
	}
