"""Look-ups in syntax trees of Python."""

import ast
from collections.abc import Iterator

TRANSLATE = ("_", "frappe._")


def calls(node: ast.AST, *names: str) -> Iterator[ast.Call]:
	"""Yield the calls below a node: of these functions, or all of them."""
	for child in ast.walk(node):
		if isinstance(child, ast.Call) and (not names or name_of(child) in names):
			yield child


def name_of(call: ast.Call) -> str:
	return ast.unparse(call.func)


def is_translation(node: ast.AST) -> bool:
	return isinstance(node, ast.Call) and name_of(node) in TRANSLATE


def is_format(node: ast.AST | None) -> bool:
	"""Return True for a call of `….format(…)`."""
	return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"


def is_commented(lines: list[str], number: int) -> bool:
	"""Return True if the line `number` (from 1) has a comment, or the line above is one."""
	above = lines[number - 2].strip() if number > 1 else ""
	return "#" in lines[number - 1] or above.startswith("#")
