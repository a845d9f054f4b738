"""Texts of *What Comes Before Progress*: names of the factors, and how to read a row."""

from frappe import _
from frappe.utils import get_fullname

from crm_interactions.controllers.validation import bold
from crm_interactions.insight import progress_factors as factors
from crm_interactions.insight.statistics.landmark import MIN_SIDE


def label_kind(kind: str) -> str:
	"""Return the name of a kind of factors."""
	labels = {
		factors.STEP: _("Step"),
		factors.DELAY: _("First Delay"),
		factors.BEGAN: _("Side That Began"),
		factors.RESPONSIBLE: _("Responsible"),
		factors.TEAM: _("Team"),
	}
	return labels[kind]


def label_factor(kind: str, key: str) -> str:
	"""Return the name of a factor within its kind."""
	if kind == factors.STEP:
		name, direction = factors.read_step(key)
		return f"{_(name)}, {_(direction)}" if direction else _(name)
	if kind == factors.DELAY:
		return _label_delay(key)
	if kind == factors.BEGAN:
		return _("We") if key == "Outgoing" else _("The partner")
	name = get_fullname(key)
	return _("Team of {0}").format(name) if kind == factors.TEAM else name


def _label_delay(key: str) -> str:
	if key == factors.NO_SECOND_STEP:
		return _("No second step by then")
	first, last = factors.read_delay(key)
	if last == 1:
		return _("Up to 1 day")
	if first == 0:
		return _("At once")
	return _("{0} days").format(last) if first == last else _("{0} to {1} days").format(first, last)


def describe(question: factors.Question, rows: list[dict]) -> str:
	"""Return the paragraph above the rows as HTML."""
	sentences = [
		_(
			"Chains that were still undecided {0} days after their start, by earlier steps, delays and people."
		).format(question.landmark),
		_give_example(question, rows),
		_(
			"A step that came before isn't shown to be the cause. Among the rows with q up to 0.05, one in twenty is expected to be there by chance."
		),
	]
	return " ".join(sentences)


def _give_example(question: factors.Question, rows: list[dict]) -> str:
	row = next((row for row in rows if row["won_difference"] is not None), None)
	if not row:
		return _(
			"No row has figures: they need {0} chains on each side, observed for {1} days. Choose a longer period, or fewer days."
		).format(MIN_SIDE, question.landmark + question.horizon)
	return _(
		"For example, {0}: {1} chains with it and {2} without it; {3} % and {4} % of them were {5} within the next {6} days."
	).format(
		bold(f"{row['factor']}: {row['step']}"),
		*(row["with_step"], row["without_step"]),
		*(f"{row[name]:.0f}" for name in ("won_with", "won_without")),
		*(_(question.outcome), question.horizon),
	)
