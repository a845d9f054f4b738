"""The paragraph above *Negotiation Summary*: beginning, gaps, waiting times, result and next step."""

from frappe import _
from frappe.utils import fmt_money, format_date, format_duration, format_time

from crm_interactions.controllers.validation import bold
from crm_interactions.insight import waiting
from crm_interactions.platform.stored_text import as_html


def describe(chain: dict | None, rows: list[dict]) -> str:
	"""Return the paragraph as HTML, about a chain or, without one, about a partner's activities; "" without rows.

	Args:
		chain: a dict of `locks.FIELDS`.
		rows: as from `negotiation.list_rows`.
	"""
	if not rows:
		return ""
	sentences = [_began(rows[0]), _steps(rows), _waits(rows)]
	if chain:
		sentences += [_result(chain), _next_step(rows)]
	return " ".join(filter(None, sentences))


def _began(first: dict) -> str:
	return _("It began on {0}: {1}, {2}.").format(
		_moment(first["activity_date"]), as_html(first["type"]), bold(first["title"])
	)


def _steps(rows: list[dict]) -> str:
	held = [row for row in rows if row["status"] == "Done"]
	gaps = [row["gap_days"] for row in held if row["gap_days"] is not None]
	if not gaps:
		return _("Activities that took place: {0}.").format(len(held))
	return _("Activities that took place: {0}; the longest gap was {1}.").format(
		len(held), _span(max(gaps) * 24)
	)


def _waits(rows: list[dict]) -> str:
	ours, theirs = waiting.add_up((row["turn_hours_us"], row["turn_hours_them"]) for row in rows)
	if rows[0]["working_hours_us"] is None:
		return _("It waited {0} for us and {1} for the partner.").format(_span(ours), _span(theirs))
	at_work = waiting.add_up((row["working_hours_us"], row["working_hours_them"]) for row in rows)
	return _(
		"It waited {0} for us, {1} hours of it in working time, and {2} for the partner, {3} hours of it in working time."
	).format(_span(ours), round(at_work[0]), _span(theirs), round(at_work[1]))


def _result(chain: dict) -> str:
	if not chain["result"]:
		return (
			_("It is open, without a result.")
			if chain["status"] == "Open"
			else _("It was closed without a result.")
		)
	amount = (
		", " + fmt_money(chain["result_amount"], currency=chain["result_currency"])
		if chain["result_amount"]
		else ""
	)
	return _("Result: {0}, on {1}.").format(bold(_(chain["result"])) + amount, _moment(chain["result_on"]))


def _next_step(rows: list[dict]) -> str:
	planned = [row for row in rows if row["status"] == "Planned"]
	if not planned:
		return ""
	step = planned[0]
	return _("Next step: {0}, {1}.").format(_moment(step["activity_date"]), bold(step["title"]))


def _moment(value) -> str:
	"""Return a time in the user's format, without seconds."""
	return f"{format_date(value)} {format_time(value, 'HH:mm')}"


def _span(hours: float) -> str:
	"""Return a time in days and hours, such as 3d 4h; in minutes if it is shorter than an hour."""
	seconds = round(hours * 3600)
	return format_duration(seconds - seconds % (3600 if seconds >= 3600 else 60), hide_days=False) or "0"
