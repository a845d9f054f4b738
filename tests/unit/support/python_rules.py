"""House rules of the Python code, read from its syntax tree."""

import ast
import re
from collections.abc import Iterator

from tests.unit.support.rules import Problem, rules_of
from tests.unit.support.syntax import TRANSLATE, calls, is_commented, is_format, is_translation

SQL_CALLS = ("frappe.db.sql", "frappe.db.multisql", "frappe.db.sql_ddl", "frappe.db.sql_list")
SENTENCE_END = re.compile(r"[.?!:]\"?$")


def no_built_sql(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""SQL is a literal with separate values, never built from strings."""
	for call in calls(module, *SQL_CALLS):
		if not (call.args and isinstance(call.args[0], ast.Constant)):
			yield call.lineno, "SQL that isn't a literal"


def unusual_rights_are_explained(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""`ignore_permissions=True` has a comment with the reason on the same line or the line above."""
	named = [(keyword, call.lineno) for call in calls(module) for keyword in call.keywords]
	given = [(keyword.value, line) for keyword, line in named if keyword.arg == "ignore_permissions"]
	flags = [node for node in ast.walk(module) if isinstance(node, ast.Assign)]
	given += [(n.value, n.lineno) for n in flags if "ignore_permissions" in ast.unparse(n.targets[0])]
	for value, start in given:
		is_off = isinstance(value, ast.Constant) and not value.value
		if not (is_off or is_commented(lines, value.lineno) or is_commented(lines, start)):
			yield value.lineno, "ignore_permissions without a reason beside it"


def messages_are_translatable(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""`_()` gets a literal or a name, never a text with inserted values."""
	for call in calls(module, *TRANSLATE):
		if call.args and (isinstance(call.args[0], ast.JoinedStr | ast.BinOp) or is_format(call.args[0])):
			yield call.lineno, "_() with inserted values"


def refusals_are_sentences(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""`frappe.throw` gets a whole, translated sentence."""
	for call in calls(module, "frappe.throw"):
		message = _message(call)
		if message is None:
			yield call.lineno, "frappe.throw without a literal in _()"
		elif not SENTENCE_END.search(message):
			yield call.lineno, f"not a whole sentence: {message!r}"


def titles_are_translatable(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	for call in calls(module, "frappe.throw", "frappe.msgprint"):
		for keyword in call.keywords:
			if keyword.arg == "title" and not is_translation(keyword.value):
				yield call.lineno, "a title without _()"


def errors_are_not_swallowed(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	for node in ast.walk(module):
		if isinstance(node, ast.ExceptHandler) and node.type is None:
			yield node.lineno, "a bare except"


def commits(module: ast.Module) -> Iterator[tuple[str, int]]:
	"""Yield (function, line) of each commit and each full rollback."""
	for function in ast.walk(module):
		if isinstance(function, ast.FunctionDef):
			for call in calls(function, "frappe.db.commit", "frappe.db.rollback"):
				if not call.keywords:
					yield function.name, call.lineno


def _message(call: ast.Call) -> str | None:
	"""Return the literal of `frappe.throw(_("…"))`, with or without `.format(…)`."""
	text = call.args[0] if call.args else None
	if is_format(text):
		text = text.func.value
	if is_translation(text) and text.args:
		text = text.args[0]
		if isinstance(text, ast.Constant) and isinstance(text.value, str):
			return text.value
	return None


RULES = rules_of(globals(), "module", "lines")
