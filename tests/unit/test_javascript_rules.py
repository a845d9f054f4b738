"""House rules and Frappe's semgrep rules of the scripts; a failure names the rule, the files and the lines."""

from collections.abc import Iterator

import pytest

from tests.unit.support import javascript_rules, semgrep_script_rules
from tests.unit.support.javascript import parse
from tests.unit.support.source import javascript_files, read, relative

RULES = [*javascript_rules.RULES, *semgrep_script_rules.RULES]
# (file, problem) → why it is allowed there
ALLOWED: dict[tuple[str, str], str] = {}


def problems_of(rule) -> Iterator[tuple[str, int, str]]:
	for path in javascript_files():
		for line, problem in rule(parse(read(path))):
			yield relative(path), line, problem


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_scripts(rule):
	found = [
		(path, line, problem) for path, line, problem in problems_of(rule) if (path, problem) not in ALLOWED
	]
	assert not found, "\n".join(f"{path}:{line}: {problem}" for path, line, problem in found)


def test_there_are_scripts():
	assert javascript_files()


def test_every_exception_is_still_needed():
	assert ALLOWED.keys() <= {(path, problem) for rule in RULES for path, _, problem in problems_of(rule)}
