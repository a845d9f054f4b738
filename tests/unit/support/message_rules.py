"""Rules of messages and templates: the Desk and e-mails render HTML, so values are escaped."""

import ast
import re
from collections.abc import Iterator

from tests.unit.support.rules import Problem, rules_of
from tests.unit.support.syntax import calls, is_format, name_of

# the app's own numbers
NUMBERS = re.compile(r"\.(idx|times|days|[A-Z_]+)$")
VALUE = re.compile(r"\{\{-?\s*(.+?)\s*-?\}\}", re.DOTALL)
# HTML or values without HTML: calls of macros, translations of literals, numbers
SAFE_VALUE = re.compile(
	r"\|\s*e$|"
	r"^(parts\.)?(part|parts|style|head|fact|facts|lines|rich)\(|"
	r"^_\(\"[^\"]*\"\)(\.format\(rows\[\"more\"\]\)| if .*)?$|"
	r"^rows\[\"count\"\]$"
)


def values_are_shown_as_text(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""Values from documents and requests are put into messages with `validation.bold` or `escape_html`."""
	for call in calls(module, "frappe.bold"):
		yield call.lineno, "frappe.bold() leaves HTML as it is; validation.bold() shows it as text"
	for call in calls(module, "bold", "validation.bold"):
		if any(map(_is_escaping, call.args)):
			yield call.lineno, "validation.bold() escapes too; double escaping shows entities"
	for call in calls(module, "frappe.throw", "frappe.msgprint"):
		for value in call.args[0].args if call.args and is_format(call.args[0]) else ():
			text = ast.unparse(value)
			if isinstance(value, ast.Attribute | ast.Subscript) and not NUMBERS.search(text):
				yield value.lineno, f"{text} is unescaped in HTML"


def template_values_are_escaped(text: str, allowed: set[str] = frozenset()) -> Iterator[Problem]:
	"""Each `{{ value }}` of a template ends with `| e` or is safe, as Frappe's templates don't escape automatically.

	Args:
		allowed: values that are HTML on purpose.
	"""
	for match in VALUE.finditer(text):
		if match.group(1) not in allowed and not SAFE_VALUE.search(match.group(1)):
			yield text.count("\n", 0, match.start()) + 1, f"{{{{ {match.group(1)} }}}} isn't escaped"
	for match in re.finditer(r"\|\s*safe\b", text):
		yield text.count("\n", 0, match.start()) + 1, "| safe"


def _is_escaping(value: ast.expr) -> bool:
	return isinstance(value, ast.Call) and name_of(value).rpartition(".")[2] == "escape_html"


RULES = rules_of(globals(), "module", "lines")
