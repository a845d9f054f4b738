"""Values in messages and in templates are shown as text, whatever somebody wrote into them; the Desk and mails read HTML."""

import ast
import re
from collections.abc import Iterator

Problem = tuple[int, str]

LOUD = ("frappe.throw", "frappe.msgprint")
# numbers of ours
NUMBERS = re.compile(r"\.(idx|times|days|[A-Z_]+)$")
VALUE = re.compile(r"\{\{-?\s*(.+?)\s*-?\}\}", re.DOTALL)
# what is HTML already, or can hold none: calls of macros, translations of literals, numbers, colours
SAFE_VALUE = re.compile(
	r"\|\s*e$|"
	r"^(parts\.)?(part|parts|style|head|fact|facts|lines|rich)\(|"
	r"^_\(\"[^\"]*\"\)(\.format\(rows\[\"more\"\]\)| if .*)?$|"
	r"^rows\[\"count\"\]$"
)


def values_are_shown_as_text(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""What a document or a caller says goes through `validation.bold` or `escape_html` into a message."""
	for call in _calls(module):
		if ast.unparse(call.func) == "frappe.bold":
			yield call.lineno, "frappe.bold() leaves HTML as it is; validation.bold() shows it as text"
		if ast.unparse(call.func) in ("bold", "validation.bold") and any(map(_is_escaping, call.args)):
			yield call.lineno, "validation.bold() escapes already; twice shows the entities"
		if ast.unparse(call.func) in LOUD and call.args and (put_in := _format_of(call.args[0])):
			for value in put_in.args:
				if isinstance(value, ast.Attribute | ast.Subscript) and not NUMBERS.search(
					ast.unparse(value)
				):
					yield value.lineno, f"{ast.unparse(value)} is put into HTML as it is"


def template_values_are_escaped(text: str, allowed: set[str] = frozenset()) -> Iterator[Problem]:
	"""Each `{{ value }}` of a template ends with `| e`, or can hold no HTML of others.

	The platform's templates escape nothing by themselves.

	Args:
		allowed: values that are meant to be HTML.
	"""
	for match in VALUE.finditer(text):
		if match.group(1) not in allowed and not SAFE_VALUE.search(match.group(1)):
			yield text.count("\n", 0, match.start()) + 1, f"{{{{ {match.group(1)} }}}} isn't escaped"
	for match in re.finditer(r"\|\s*safe\b", text):
		yield text.count("\n", 0, match.start()) + 1, "| safe"


def _format_of(message: ast.expr) -> ast.Call | None:
	"""Return the call of `.format()` in `_("…").format(…)`."""
	is_format = (
		isinstance(message, ast.Call)
		and isinstance(message.func, ast.Attribute)
		and message.func.attr == "format"
	)
	return message if is_format else None


def _is_escaping(value: ast.expr) -> bool:
	return isinstance(value, ast.Call) and ast.unparse(value.func).rpartition(".")[2] == "escape_html"


def _calls(node: ast.AST) -> Iterator[ast.Call]:
	return (child for child in ast.walk(node) if isinstance(child, ast.Call))
