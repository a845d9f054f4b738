"""Dotted paths in hooks, scripts and Python strings."""

import ast
import re
from pathlib import Path

from tests.unit.support.javascript import parse
from tests.unit.support.source import APP, PACKAGE, module_file, read, resolve, tree

PATH = re.compile(rf"{APP}(\.[A-Za-z_]\w*)+")
FILE_NAME = re.compile(r"\.(bundle\.)?(js|css|svg|html|json|po|pot|csv|md)$")


def hooks() -> dict:
	"""Return the hooks as data; raise ValueError for a hook that is not a literal."""
	assigned = [node for node in tree(PACKAGE / "hooks.py").body if isinstance(node, ast.Assign)]
	return {node.targets[0].id: ast.literal_eval(node.value) for node in assigned}


def strings(value) -> list[str]:
	"""Return every string in nested lists and dictionaries, without keys."""
	if isinstance(value, dict):
		return [text for item in value.values() for text in strings(item)]
	if isinstance(value, list | tuple | set):
		return [text for item in value for text in strings(item)]
	return [value] if isinstance(value, str) else []


def is_path(text: str) -> bool:
	return bool(PATH.fullmatch(text)) and not FILE_NAME.search(text)


def hooked_paths() -> list[str]:
	return [text for text in strings(hooks()) if is_path(text)]


def called_from(script: Path) -> list[tuple[str, int]]:
	"""Return (dotted path, position) of each method that a script names."""
	return [
		(literal.text, literal.start)
		for literal in parse(read(script)).literals
		# a path of two parts, such as `crm_interactions.list_settings`, is a name in the client
		if is_path(literal.text) and literal.text.count(".") > 1
	]


def incomplete_paths(script: Path) -> list[str]:
	"""Return the beginnings of paths that a script completes at run time, which cannot be checked."""
	paths = [literal for literal in parse(read(script)).literals if literal.text.startswith(f"{APP}.")]
	return [literal.text for literal in paths if literal.text.endswith(".") or literal.values]


def is_unresolved(path: str) -> bool:
	return resolve(path) is None and module_file(path) is None


def decorators(function: ast.FunctionDef) -> dict[str, ast.expr]:
	"""Return a function's decorators by dotted name."""
	nodes = function.decorator_list
	return {ast.unparse(node.func if isinstance(node, ast.Call) else node): node for node in nodes}


def http_methods(function: ast.FunctionDef) -> list[str] | None:
	"""Return the verbs of `@frappe.whitelist(methods=[…])`, or None without the decorator."""
	whitelist = decorators(function).get("frappe.whitelist")
	if whitelist is None:
		return None
	keywords = whitelist.keywords if isinstance(whitelist, ast.Call) else []
	return next((ast.literal_eval(keyword.value) for keyword in keywords if keyword.arg == "methods"), [])
