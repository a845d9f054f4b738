"""Shared by the modules of rules."""

import inspect
from collections.abc import Callable

# line number and text
Problem = tuple[int, str]


def pairs(table: list[tuple]) -> list[tuple]:
	"""Return (rule, example) for each example of a table with rows of a rule and its examples."""
	return [(rule, example) for rule, *examples in table for example in examples]


def rules_of(module: dict, *parameters: str) -> list[Callable]:
	"""Return the rules of a module in order: its public functions with exactly these parameters.

	Args:
		module: `globals()` of the module.
	"""
	functions = [value for value in module.values() if inspect.isfunction(value)]
	public = [rule for rule in functions if rule.__module__ == module["__name__"] and rule.__name__[0] != "_"]
	return [rule for rule in public if [*inspect.signature(rule).parameters] == [*parameters]]
