"""Frappe's semgrep rules of scripts, except those covered by `javascript_rules`; `no_code_from_text` is added."""

import re
from collections.abc import Iterator

from tests.unit.support.javascript import QUOTES, Script, closing
from tests.unit.support.rules import Problem, rules_of

CODE = re.compile(r"(?<![\w.])(eval|Function|setTimeout|setInterval)\(|\bnew Function\(|\bdocument\.write\(")
LABELLED = ("add_custom_button", "add_menu_item", "add_action_item", "add_inner_button", "set_primary_action")


def includes_replaces_in_list(script: Script) -> Iterator[Problem]:
	"""use-vanilla-js-include."""
	for line, _argument in script.calls(r"(?<![\w.])in_list"):
		yield line, "use includes() instead of in_list()"


def forms_are_passed_as_arguments(script: Script) -> Iterator[Problem]:
	"""frappe-cur-frm-usage; comparing a form with cur_frm is allowed."""
	for match in re.finditer(r"\bcur_frm\b(?!\s*={2,3}[^=])", script.code):
		yield script.line(match.start()), "cur_frm may be another form at this point"


def debounced_functions_are_kept(script: Script) -> Iterator[Problem]:
	"""frappe-incorrect-debounce."""
	for match in re.finditer(r"frappe\.utils\.debounce\(", script.code):
		end = closing(script.code, match.end() - 1)
		if script.code[end + 1 :].lstrip().startswith("("):
			yield script.line(match.start()), "a new debounced function for each call"


def translations_are_whole(script: Script) -> Iterator[Problem]:
	"""frappe-translation-js-formatting, -js-splitting, -empty-string, -trailing-spaces."""
	for match in re.finditer(r"(?<![\w.])__\(", script.code):
		end = closing(script.code, match.end() - 1)
		first = next((item for item in script.literals if match.end() <= item.start < end), None)
		argument = script.source[match.end() : end].strip()
		if first and argument.startswith(QUOTES):
			if first.quote == "`":
				yield script.line(match.start()), "a template in __()"
			if first.text != first.text.strip() or not first.text:
				yield script.line(match.start()), "a translation is empty, or begins or ends with a space"
		if re.match(r"\s*\+\s*__\(", script.code[end + 1 :]):
			yield script.line(match.start()), "a sentence in two translations"


def labels_are_translated(script: Script) -> Iterator[Problem]:
	"""frappe-missing-translation-button-text."""
	for name in LABELLED:
		for line, argument in script.calls(rf"\.{name}"):
			if argument.startswith(QUOTES):
				yield line, f"{name} without __()"


def no_code_from_text(script: Script) -> Iterator[Problem]:
	"""No eval, and no timer with a text argument."""
	for match in CODE.finditer(script.code):
		timed = match.group(1) in ("setTimeout", "setInterval")
		if not timed or script.source[match.end() :].lstrip().startswith(QUOTES):
			yield script.line(match.start()), f"{match.group().rstrip('(')} runs text as code"


RULES = rules_of(globals(), "script")
