"""Report *Negotiation Summary*: the activities of a chain or of a partner, with gaps and waiting times (R27, B4)."""

from itertools import groupby

import frappe
from frappe import _
from frappe.utils import get_fullname

from crm_interactions.activities import options
from crm_interactions.chains import related, turn
from crm_interactions.chains.locks import CHAIN, find_chain
from crm_interactions.clock import site_time, timeline
from crm_interactions.followups import clock
from crm_interactions.insight import negotiation_text, visible, waiting
from crm_interactions.insight.asked import read_optional_period
from crm_interactions.insight.columns import column, translate_values
from crm_interactions.journal.app_sources import DOCTYPES
from crm_interactions.journal.writer import ROW

DAY = 24 * waiting.HOUR


def execute(filters: dict | None) -> tuple:
	"""Return columns, rows and the paragraph above them.

	The filters are `chain`, or `party_type` and `party`, and `from_date` and `to_date`; without a chain or a partner there
	are no rows. A merged chain stands for its target.

	Raises: PermissionError for a chain or a partner that the user may not read; DoesNotExistError; ValidationError for an
		invalid period.
	"""
	filters = filters or {}
	chain = _read_chain(filters.get("chain"))
	if not chain and not (filters.get("party_type") and filters.get("party")):
		return _columns(), [], _("Choose a chain or a partner.")
	rows = list_rows(_condition(chain, filters), read_optional_period(filters))
	return _columns(), rows, negotiation_text.describe(chain, rows)


def list_rows(condition, period=None) -> list[dict]:
	"""Return the readable activities that meet a condition and aren't cancelled, in order of time.

	Returns: rows of `activity_date`, `activity_type`, `activity`, `title`, `direction`, `responsible`, `outcome`, `status`,
		`chain`, `gap_days` (since the previous activity of the chain, None for its first), `amount`, `currency`, and
		`turn_hours_us` and `turn_hours_them` until the next activity of the chain that took place, or until now in an
		open chain; both are 0 for planned activities. If next steps are planned in working time, `working_hours_us` and
		`working_hours_them` are the parts within the working time of the responsible user, else None.
	"""
	rows = _select(condition).run(as_dict=True)
	working = _WorkingTime()
	# gaps and waits are those of the whole chain, also at the edges of the period
	for _chain, of_chain in groupby(sorted(rows, key=lambda row: row.chain), key=lambda row: row.chain):
		_measure([*of_chain], working)
	if period:
		rows = [row for row in rows if period.first <= row.activity_date.date() <= period.last]
	for row in rows:
		row["responsible_name"] = get_fullname(row.responsible) if row.responsible else ""
		row["type"] = _(row.interaction_type or row.activity_type)
	translate_values(rows, "direction", "outcome")
	return rows


def _read_chain(name: str | None):
	if not name:
		return None
	found = find_chain(name)
	frappe.get_doc(CHAIN, found["name"] if found else name).check_permission("read")
	return found


def _condition(chain: dict | None, filters: dict):
	if chain:
		return related.are_in(chain["name"])
	partner = filters["party_type"], filters["party"]
	frappe.has_permission(partner[0], "read", doc=partner[1], throw=True)
	return related.are_with(related.list_partners(*partner))


def _select(condition):
	"""Return the query of the rows, without gaps and waits; `turn` is whose turn it is after an activity."""
	row, chain, outcome = (frappe.qb.DocType(name) for name in (ROW, CHAIN, turn.OUTCOME))
	query = frappe.qb.from_(row).join(chain).on(chain.name == row.chain)
	query = query.left_join(outcome).on(outcome.name == row.outcome)
	for doctype in DOCTYPES:
		document = frappe.qb.DocType(doctype)
		query = query.left_join(document).on((row.activity_type == doctype) & (document.name == row.activity))
	query = visible.limit_rows(query).where(condition).where(row.status != "Cancelled")
	amount, currency = (visible.first_known(field, *DOCTYPES) for field in ("amount", "currency"))
	return (
		query.select(
			*(row.activity_date, row.activity_type, row.activity, row.title, row.direction, row.responsible),
			*(row.outcome, row.status, row.chain, row.interaction_type),
			*(amount.as_("amount"), currency.as_("currency")),
			*(chain.status.as_("chain_status"), turn.of_row(row, outcome).as_("turn")),
		)
		.orderby(row.activity_date)
		.orderby(row.creation)
		.orderby(row.name)
	)


class _WorkingTime:
	"""Working time between moments with a time zone, which reads the calendar of each user once."""

	def __init__(self) -> None:
		self.is_kept = bool(options.settings().respect_working_time)
		self._measures: dict = {}

	def between(self, start, end, user: str):
		if user not in self._measures:
			self._measures[user] = clock.measure_working_time(user)
		return self._measures[user](start, end)


def _measure(rows: list[dict], working: _WorkingTime) -> None:
	"""Set gaps and waiting times of the activities of a chain, in order of time."""
	zone = site_time.site_zone()
	moments = [timeline.to_utc(row.activity_date, zone) for row in rows]
	end = timeline.to_utc(site_time.now(), zone) if rows[0].chain_status == "Open" else None
	steps = [
		waiting.Step(moment, row.turn, row.responsible or "")
		for row, moment in zip(rows, moments, strict=True)
		if row.status == "Done"
	]
	hours = iter(waiting.hours_after(steps, end, lambda start, until, _user: until - start))
	at_work = iter(waiting.hours_after(steps, end, working.between) if working.is_kept else ())
	for row, moment, previous in zip(rows, moments, [None, *moments], strict=False):
		is_done = row.status == "Done"
		ours, theirs = next(hours) if is_done else (0.0, 0.0)
		ours_at_work, theirs_at_work = (
			(None, None) if not working.is_kept else next(at_work) if is_done else (0.0, 0.0)
		)
		row.update(
			gap_days=(moment - previous) / DAY if previous else None,
			turn_hours_us=ours,
			turn_hours_them=theirs,
			working_hours_us=ours_at_work,
			working_hours_them=theirs_at_work,
			amount=row.amount or None,
		)


def _columns() -> list[dict]:
	at_work = (
		column("working_hours_us", _("Our Working Hours"), "Float", 140, precision=1),
		column("working_hours_them", _("Their Working Hours"), "Float", 155, precision=1),
	)
	return [
		column("activity_date", _("Date and Time"), "Datetime", 140),
		column("type", _("Type"), "Data", 110),
		column("title", _("Topic"), "Data", 190),
		column("direction", _("Direction"), "Data", 90),
		column("responsible_name", _("Responsible"), "Data", 120),
		column("outcome", _("Outcome"), "Data", 110),
		column("gap_days", _("Gap (Days)"), "Float", 100, precision=1),
		column("turn_hours_us", _("Our Hours"), "Float", 100, precision=1),
		column("turn_hours_them", _("Their Hours"), "Float", 110, precision=1),
		*(at_work if options.settings().respect_working_time else ()),
		column("amount", _("Amount"), "Currency", 110, options="currency"),
		column("activity_type", _("Document Type"), "Data", 110),
		column("activity", _("Document"), "Dynamic Link", 140, options="activity_type"),
		column("chain", _("Chain"), "Link", 140, options=CHAIN),
	]
