"""House rules of the scripts: nothing unescaped reaches the page, and what people read is translated.

They read the text, not the program: a rule that can't tell calls it a problem, and `ALLOWED` in the test names
the exceptions with their reasons.
"""

import re
from collections.abc import Iterator

from support.javascript import Script, closing, parse

Problem = tuple[int, str]

TAG = re.compile(r"</?[a-z][a-z0-9]*[\s>/$]|<[a-z]+$", re.IGNORECASE)
# calls whose answer may stand in HTML
SAFE_CALLS = (
	"frappe.utils.escape_html",
	"frappe.utils.xss_sanitise",
	"frappe.utils.icon",
	"encodeURIComponent",
	# ours, of sentences whose values are escaped where they are put in
	"log_sentence",
	"plan_sentence",
	"subject_sentence",
)
ATTRIBUTES = (".innerHTML", ".outerHTML", "insertAdjacentHTML")
LOUD = ("frappe.throw", "frappe.msgprint", "frappe.show_alert", "frappe.confirm")


def html_has_escaped_values(script: Script) -> Iterator[Problem]:
	"""Each value of a template that holds a tag is escaped, translated without values, or an icon."""
	for literal in script.literals:
		if TAG.search(literal.text):
			for value in literal.values:
				if not (is_safe(value) or _is_safe_constant(script, value)):
					yield script.line(literal.start), f"unescaped in HTML: {value}"


def html_is_not_added_up(script: Script) -> Iterator[Problem]:
	"""HTML and values aren't joined with +, where nobody sees what is escaped."""
	for literal in script.literals:
		joined = script.before(literal).endswith("+") or script.after(literal).startswith("+")
		if TAG.search(literal.text) and joined:
			yield script.line(literal.start), f"HTML joined with +: {literal.text[:40]}"


def html_comes_from_literals(script: Script) -> Iterator[Problem]:
	"""`.html(…)` gets a literal, whose values the first rule looks at, or what is safe by itself."""
	for match in re.finditer(r"\.html\(", script.code):
		argument = script.source[match.end() : closing(script.code, match.end() - 1)].strip()
		if argument and argument[0] not in "\"'`" and not is_safe(argument):
			yield script.line(match.start()), f".html({argument[:40]})"
	for attribute in ATTRIBUTES:
		for match in re.finditer(re.escape(attribute), script.code):
			yield script.line(match.start()), f"{attribute}: text() or a template with jQuery instead"


def translations_are_literals(script: Script) -> Iterator[Problem]:
	"""`__()` gets plain text with {0} in it; what is put in before can't be translated."""
	for match in re.finditer(r"(?<![\w.])__\(", script.code):
		first = next((item for item in script.literals if item.start >= match.end()), None)
		argument = script.source[match.end() : closing(script.code, match.end() - 1)].strip()
		if not first or argument[:1] not in "\"'`":
			continue
		if first.values or script.after(first).startswith("+"):
			yield script.line(match.start()), f"__() gets text with values in it already: {argument[:40]}"


def messages_are_translated(script: Script) -> Iterator[Problem]:
	for name in LOUD:
		for match in re.finditer(rf"{re.escape(name)}\(", script.code):
			argument = script.source[match.end() : closing(script.code, match.end() - 1)].strip()
			if argument[:1] in ('"', "'", "`"):
				yield script.line(match.start()), f"{name} without __(): {argument[:40]}"


def is_safe(value: str) -> bool:
	"""True for a call of a safe function over the whole expression, a number, or a plain translated text."""
	script = parse(value)
	name, bracket, _rest = script.code.partition("(")
	if not bracket:
		return bool(re.fullmatch(r"\d+", value))
	whole = closing(script.code, len(name)) == len(value) - 1
	if name.strip() == "__":
		return whole and len(script.literals) == 1 and "," not in script.code
	return whole and name.strip() in SAFE_CALLS


def _is_safe_constant(script: Script, name: str) -> bool:
	"""True for the name of a constant that is safe wherever the script defines it."""
	if not re.fullmatch(r"[A-Za-z_$][\w$]*", name):
		return False
	definitions = [
		script.source[match.end() : script.code.find(";", match.end())].strip()
		for match in re.finditer(rf"\bconst {re.escape(name)} =", script.code)
	]
	return bool(definitions) and all(map(is_safe, definitions))


RULES = [
	html_has_escaped_values,
	html_is_not_added_up,
	html_comes_from_literals,
	translations_are_literals,
	messages_are_translated,
]
