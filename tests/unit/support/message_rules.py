"""Rules of messages and templates: the Desk and e-mails render HTML, so values are escaped."""

import ast
import re
from collections.abc import Iterator

from tests.unit.support.rules import Problem, rules_of
from tests.unit.support.syntax import calls, is_format, name_of

# the app's own numbers
NUMBERS = re.compile(r"\.(idx|times|days|[A-Z_]+)$")
# function → the one for stored text or messages
ONCE = {"escape_html": "as_html", "sanitize_html": "storable", "strip_html": "of_message"}
# values of print formats without text of users
GENERATED = re.compile(r"doc\.(name|chain|get_formatted\(\"\w+\"\)) \|")
VALUE = re.compile(r"\{\{-?\s*(.+?)\s*-?\}\}", re.DOTALL)
# HTML or values without HTML: calls of macros, translations of literals, numbers
SAFE_VALUE = re.compile(
	r"\|\s*e$|"
	r"^(parts\.)?(part|parts|style|head|fact|facts|lines|rich)\(|"
	r"^_\(\"[^\"]*\"\)(\.format\(rows\[\"more\"\]\)| if .*)?$|"
	r"^rows\[\"count\"\]$"
)


def values_are_shown_as_text(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""Values from documents and requests are put into messages with `validation.bold` or `as_html`."""
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


def stored_text_is_escaped_once(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""Stored text may be escaped already, and a message is HTML: `platform/stored_text.py` reads both."""
	for call in calls(module, *(f"{prefix}{name}" for prefix in ("", "frappe.utils.") for name in ONCE)):
		name = name_of(call).rpartition(".")[2]
		yield call.lineno, f"{name}() isn't for stored text; use {ONCE[name]}()"


def mails_escape_their_title(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""E-mails are queued by `platform/mail.py`."""
	for call in calls(module, "frappe.sendmail"):
		yield call.lineno, "frappe.sendmail() leaves the HTML title unescaped; use platform.mail.queue_mail()"


def print_values_are_read_as_typed(text: str) -> Iterator[Problem]:
	"""Each escaped value of a print format passes through `as_typed`, except names and values that Frappe formats."""
	for match in VALUE.finditer(text):
		value = match.group(1)
		if value.endswith("| e") and not value.endswith("| as_typed | e") and not GENERATED.match(value):
			yield text.count("\n", 0, match.start()) + 1, f"{{{{ {value} }}}} may be escaped twice"


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
	return isinstance(value, ast.Call) and name_of(value).rpartition(".")[2] in ("escape_html", "as_html")


RULES = rules_of(globals(), "module", "lines")
