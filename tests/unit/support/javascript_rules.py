"""House rules of the scripts: values in HTML are escaped, and texts for users are translated.

The rules match source text, so they may report correct code.
"""

import re
from collections.abc import Iterator

from tests.unit.support.javascript import QUOTES, Script, closing, parse
from tests.unit.support.rules import Problem, rules_of

TAG = re.compile(r"</?[a-z][a-z0-9]*[\s>/$]|<[a-z]+$", re.IGNORECASE)
# calls whose results are safe in HTML
SAFE_CALLS = (
	*("frappe.utils.escape_html", "frappe.utils.xss_sanitise", "frappe.utils.icon", "encodeURIComponent"),
	# the app's functions that escape the values of their sentences
	*("log_sentence", "partner_sentence", "plan_sentence", "subject_sentence"),
)
ATTRIBUTES = (".innerHTML", ".outerHTML", "insertAdjacentHTML")
LOUD = ("frappe.throw", "frappe.msgprint", "frappe.show_alert", "frappe.confirm")


def html_has_escaped_values(script: Script) -> Iterator[Problem]:
	"""Each value of a template with a tag is escaped, translated without values, or an icon."""
	for literal in script.literals:
		if TAG.search(literal.text):
			for value in literal.values:
				if not (is_safe(value) or _is_safe_constant(script, value)):
					yield script.line(literal.start), f"unescaped in HTML: {value}"


def html_is_not_concatenated(script: Script) -> Iterator[Problem]:
	"""HTML and values aren't joined with +, which hides unescaped values from the first rule."""
	for literal in script.literals:
		joined = script.before(literal).endswith("+") or script.after(literal).startswith("+")
		if TAG.search(literal.text) and joined:
			yield script.line(literal.start), f"HTML joined with +: {literal.text[:40]}"


def html_comes_from_literals(script: Script) -> Iterator[Problem]:
	"""`.html(…)` gets a literal, which the first rule checks, or a safe call."""
	for line, argument in script.calls(r"\.html"):
		if argument and not argument.startswith(QUOTES) and not is_safe(argument):
			yield line, f".html({argument[:40]})"
	for attribute in ATTRIBUTES:
		for match in re.finditer(re.escape(attribute), script.code):
			yield script.line(match.start()), f"{attribute}: use text() or a template with jQuery"


def translations_are_literals(script: Script) -> Iterator[Problem]:
	"""`__()` gets a literal with {0} for values; a text with inserted values has no translation."""
	for match in re.finditer(r"(?<![\w.])__\(", script.code):
		first = next((item for item in script.literals if item.start >= match.end()), None)
		argument = script.source[match.end() : closing(script.code, match.end() - 1)].strip()
		inserted = first and (first.values or script.after(first).startswith("+"))
		if inserted and argument.startswith(QUOTES):
			yield script.line(match.start()), f"__() with inserted values: {argument[:40]}"


def messages_are_translated(script: Script) -> Iterator[Problem]:
	for name in LOUD:
		for line, argument in script.calls(re.escape(name)):
			if argument.startswith(QUOTES):
				yield line, f"{name} without __(): {argument[:40]}"


def is_safe(value: str) -> bool:
	"""Return True for a single call of a safe function, a number, or a translated text without values."""
	script = parse(value)
	name, bracket, _rest = script.code.partition("(")
	if not bracket:
		return bool(re.fullmatch(r"\d+", value))
	whole = closing(script.code, len(name)) == len(value) - 1
	if name.strip() == "__":
		return whole and len(script.literals) == 1 and "," not in script.code
	return whole and name.strip() in SAFE_CALLS


def _is_safe_constant(script: Script, name: str) -> bool:
	"""Return True for the name of a constant whose every definition in the script is safe."""
	if not re.fullmatch(r"[A-Za-z_$][\w$]*", name):
		return False
	definitions = [
		script.source[match.end() : script.code.find(";", match.end())].strip()
		for match in re.finditer(rf"\bconst {re.escape(name)} =", script.code)
	]
	return bool(definitions) and all(map(is_safe, definitions))


RULES = rules_of(globals(), "script")
