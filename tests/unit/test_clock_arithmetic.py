"""Moments are added and subtracted on the time line only (`clock/`): elapsed time isn't the difference of two times."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.unit.support.source import PACKAGE, python_files, read, tree

# file:function → why the clock's own numbers count there, or no clock changes
ALLOWED = {
	"day/shared_calendar.py:_list_activities": "days of the calendar, generously",
	"day/shared_calendar.py:_event": "a clickable minimum, of minutes",
	"api/calendar.py:move": "undoes the second that the calendar takes off",
	"api/calendar.py:update_event": "a whole day of the calendar",
	"availability/events.py:_span": "days of the calendar",
	"availability/events.py:_spans": "days of the calendar",
	"availability/recurrence.py:_takes_place": "days of the calendar",
	"availability/recurrence.py:list_days": "days of the calendar",
	"crm_interactions/doctype/interaction_reminder/interaction_reminder.py:clear_old_logs": "days of the calendar",
	"activities/period.py:move_skipped_times": "the length that was entered, of which the start doesn't exist",
	"activities/period.py:_is_same_length": "calendars keep the length on the clock",
	"activities/period.py:_is_second_short": "undoes the second that the calendar takes off",
	"activities/period.py:change_times": "undoes the second that the calendar takes off",
	"followups/clock.py:shift": "days of the calendar keep the time of day",
	"followups/dates.py:_later": "days of the calendar keep the time of day",
	"followups/dates.py:_working_hours_later": "days of the calendar",
	"followups/dates.py:_working_days_later": "days of the calendar",
	"followups/dates.py:_working_day_from": "days of the calendar",
	"followups/dates.py:working_between": "days of the calendar",
	"followups/dates.py:next_working_moment": "days of the calendar",
	"followups/dates.py:closing": "days of the calendar",
	"insight/asked.py:end": "days of the calendar",
	"insight/asked.py:quarters": "days of the calendar",
	"insight/asked.py:weeks": "days of the calendar",
	"insight/asked.py:previous": "days of the calendar",
	"insight/asked.py:": "imports add_to_date, for months of the calendar",
	"insight/contact_days.py:": "imports add_to_date, for months of the calendar",
	"insight/negotiation.py:_measure": "moments in UTC",
	"insight/progress_factors.py:_observe": "as DaysBetween in SQL, which the other reports use",
	"insight/statistics/cohort.py:compare": "days as numbers",
	"reminders/digest.py:_pending": "days of the calendar",
	"reminders/jobs.py:send_digests": "seconds of the processor's clock",
	"reminders/jobs.py:send_reminders": "seconds of the processor's clock",
	"reminders/due.py:due_window": "days of the calendar; a period that is wider than the time line's",
	"resources/booking.py:_next_free": "days of the calendar",
	"resources/bookings.py:_widest": "widens a period over an hour that is shown twice",
	"resources/slots.py:next_free": "moments in UTC",
	"resources/slots.py:open_periods": "days of the calendar",
	"resources/slots.py:_end": "days of the calendar",
	"resources/slots.py:_full_minute": "moments in UTC",
	"setup/new_settings.py:set_workday": "times of day",
}
# `clock/` is the time line; the demo's people work in the daytime
ELSEWHERE = ("clock/", "demo/")
# functions of Frappe that calculate on the clock
FRAPPES = {"time_diff", "time_diff_in_seconds", "time_diff_in_hours", "add_to_date", "get_time_zone_offset"}
MOMENT = re.compile(
	r"(^|_)(on|date|starts?|ends?|now|began|ended|begin|at|moment|until|since|latest|wall|from|to)$"
)


def uses_of_the_clock(source: str, spans: set[str] | None = None) -> Iterator[tuple[str, int]]:
	"""Yield (function, line) of each addition and subtraction of moments or spans; `spans` are known constants."""
	module = ast.parse(source)
	known = (spans or set()) | {*constants(module)}
	for function, node in _nodes(module):
		if _calculates(node, known):
			yield function, node.lineno


def constants(module: ast.Module) -> Iterator[str]:
	"""Yield the names of a module's constants that are timedeltas."""
	for node in module.body:
		if isinstance(node, ast.Assign):
			for target in node.targets:
				names, values = (getattr(side, "elts", [side]) for side in (target, node.value))
				pairs = zip(names, values, strict=False)
				yield from (_name(name) for name, value in pairs if _is_span(value, set()))


def _nodes(node: ast.AST, function: str = "") -> Iterator[tuple[str, ast.AST]]:
	for child in ast.iter_child_nodes(node):
		inside = child.name if isinstance(child, ast.FunctionDef) else function
		yield inside, child
		yield from _nodes(child, inside)


def _calculates(node: ast.AST, spans: set[str]) -> bool:
	if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
		sides = node.left, node.right
		return any(_is_span(side, spans) for side in sides) or (
			isinstance(node.op, ast.Sub)
			and (any(MOMENT.search(_name(side)) for side in sides) or _are_items(sides))
		)
	if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub):
		return _is_span(node.value, spans)
	return isinstance(node, ast.ImportFrom) and any(alias.name in FRAPPES for alias in node.names)


def _is_span(node: ast.AST, spans: set[str]) -> bool:
	"""Return whether an expression is a timedelta: a call, a constant of the module, a product or a choice of these."""
	if isinstance(node, ast.Call):
		return _name(node.func) == "timedelta"
	if isinstance(node, ast.BinOp):
		return _is_span(node.left, spans) or _is_span(node.right, spans)
	if isinstance(node, ast.IfExp):
		return _is_span(node.body, spans) or _is_span(node.orelse, spans)
	if isinstance(node, ast.BoolOp):
		return any(_is_span(value, spans) for value in node.values)
	return _name(node) in spans


def _are_items(sides) -> bool:
	"""Return whether both sides are items of tuples or dicts, such as the ends of an interval."""
	return all(isinstance(side, ast.Subscript) for side in sides)


def _name(node: ast.AST) -> str:
	return getattr(node, "attr", getattr(node, "id", ""))


@pytest.mark.parametrize(
	"line",
	[
		"end = start + timedelta(seconds=60)",
		"end = start + (timedelta(seconds=duration) or USUAL)",
		"end = start - HOUR",
		"end = start + period.DAY",
		"start += timedelta(hours=1)",
		"gap = row['activity_date'] - older['activity_date']",
		"length = doc.ends_on - doc.starts_on",
		"length = activity[1] - activity[0]",
		"from frappe.utils import time_diff_in_seconds",
	],
)
def test_arithmetic_on_the_clock_is_found(line):
	assert [
		*uses_of_the_clock(f"HOUR, DAY = timedelta(hours=1), timedelta(days=1)\ndef f():\n\t{line}\n")
	] == [("f", 3)]


@pytest.mark.parametrize(
	"line", ["end = site_time.later(start, timedelta(hours=1))", "count = total + 1", "left = total - used"]
)
def test_other_arithmetic_is_left_alone(line):
	assert not [*uses_of_the_clock(f"def f():\n\t{line}\n")]


def test_moments_are_added_and_subtracted_on_the_time_line():
	"""ALLOWED has exactly the functions that calculate on the clock."""
	spans = {name for path in python_files() for name in constants(tree(path))}
	found = {
		f"{file}:{function}"
		for path in python_files()
		if not (file := path.relative_to(PACKAGE).as_posix()).startswith(ELSEWHERE)
		for function, _line in uses_of_the_clock(read(path), spans)
	}
	assert found == ALLOWED.keys()
