"""Shared by the modules of rules."""

import inspect
from collections.abc import Callable

# line number and text
Problem = tuple[int, str]


def rules_of(module: dict, *parameters: str) -> list[Callable]:
	"""Return the rules of a module in order: its public functions with exactly these parameters.

	Args:
		module: `globals()` of the module.
	"""
	return [
		value
		for name, value in module.items()
		if inspect.isfunction(value) and value.__module__ == module["__name__"] and name[0] != "_"
		if [*inspect.signature(value).parameters] == [*parameters]
	]
