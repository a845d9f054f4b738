"""House rules of the Python code, read from its syntax tree."""

import ast
import re
from collections.abc import Iterator

Problem = tuple[int, str]

SQL_CALLS = ("frappe.db.sql", "frappe.db.multisql", "frappe.db.sql_ddl", "frappe.db.sql_list")
SENTENCE_END = re.compile(r"[.?!:]\"?$")


def no_built_sql(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""SQL is a literal with separate values, never built from strings."""
	for call in _calls(module):
		if _name(call) in SQL_CALLS and not (call.args and isinstance(call.args[0], ast.Constant)):
			yield call.lineno, "SQL that isn't a literal"


def unusual_rights_are_explained(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""`ignore_permissions=True` has a comment with the reason on the same line or the line above."""
	given = [
		(keyword.value, call.lineno)
		for call in _calls(module)
		for keyword in call.keywords
		if keyword.arg == "ignore_permissions"
	]
	given += [
		(node.value, node.lineno)
		for node in ast.walk(module)
		if isinstance(node, ast.Assign) and "ignore_permissions" in ast.unparse(node.targets[0])
	]
	for value, start in given:
		if not (_is_false(value) or _commented(lines, value.lineno) or _commented(lines, start)):
			yield value.lineno, "ignore_permissions without a reason beside it"


def messages_are_translatable(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""`_()` gets a literal or a name, never a text with inserted values."""
	for call in _calls(module):
		if _name(call) in ("_", "frappe._") and call.args and _is_glued(call.args[0]):
			yield call.lineno, "_() with inserted values"


def refusals_are_sentences(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""`frappe.throw` gets a whole, translated sentence."""
	for call in _calls(module):
		if _name(call) != "frappe.throw":
			continue
		message = _message(call)
		if message is None:
			yield call.lineno, "frappe.throw without a literal in _()"
		elif not SENTENCE_END.search(message):
			yield call.lineno, f"not a whole sentence: {message!r}"


def titles_are_translatable(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	for call in _calls(module):
		if _name(call) not in ("frappe.throw", "frappe.msgprint"):
			continue
		for keyword in call.keywords:
			if keyword.arg == "title" and not (
				isinstance(keyword.value, ast.Call) and _name(keyword.value) in ("_", "frappe._")
			):
				yield call.lineno, "a title without _()"


def errors_are_not_swallowed(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	for node in ast.walk(module):
		if isinstance(node, ast.ExceptHandler) and node.type is None:
			yield node.lineno, "a bare except"


def commits(module: ast.Module) -> Iterator[tuple[str, int]]:
	"""Yield (function, line) of each commit and each full rollback."""
	for function in ast.walk(module):
		if isinstance(function, ast.FunctionDef):
			for call in _calls(function):
				if _name(call) in ("frappe.db.commit", "frappe.db.rollback") and not call.keywords:
					yield function.name, call.lineno


def _calls(node: ast.AST) -> Iterator[ast.Call]:
	return (child for child in ast.walk(node) if isinstance(child, ast.Call))


def _name(call: ast.Call) -> str:
	return ast.unparse(call.func)


def _is_false(value: ast.expr) -> bool:
	return isinstance(value, ast.Constant) and not value.value


def _commented(lines: list[str], number: int) -> bool:
	"""Return True if the line `number` (from 1) has a comment, or the line above is one."""
	above = lines[number - 2].strip() if number > 1 else ""
	return "#" in lines[number - 1] or above.startswith("#")


def _is_glued(text: ast.expr) -> bool:
	formatted = (
		isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute) and text.func.attr == "format"
	)
	return isinstance(text, ast.JoinedStr | ast.BinOp) or formatted


def _message(call: ast.Call) -> str | None:
	"""Return the literal of `frappe.throw(_("…"))`, with or without `.format(…)`."""
	text = call.args[0] if call.args else None
	if isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute) and text.func.attr == "format":
		text = text.func.value
	if isinstance(text, ast.Call) and _name(text) in ("_", "frappe._") and text.args:
		text = text.args[0]
		if isinstance(text, ast.Constant) and isinstance(text.value, str):
			return text.value
	return None


RULES = [
	no_built_sql,
	unusual_rights_are_explained,
	messages_are_translatable,
	refusals_are_sentences,
	titles_are_translatable,
	errors_are_not_swallowed,
]
