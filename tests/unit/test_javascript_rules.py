"""House rules of the scripts (CONTRIBUTING.md); a failure names the rule, the files and the lines."""

import pytest

from tests.unit.support import javascript_rules
from tests.unit.support.javascript import parse
from tests.unit.support.source import javascript_files, relative

# (file, problem) → why it is allowed there
ALLOWED: dict[tuple[str, str], str] = {}


def problems_of(rule) -> list[tuple[str, int, str]]:
	return [
		(relative(path), line, problem)
		for path in javascript_files()
		for line, problem in rule(parse(path.read_text(encoding="utf-8")))
	]


@pytest.mark.parametrize("rule", javascript_rules.RULES, ids=lambda rule: rule.__name__)
def test_scripts(rule):
	problems = [
		f"{path}:{line}: {problem}"
		for path, line, problem in problems_of(rule)
		if (path, problem) not in ALLOWED
	]
	assert not problems, "\n".join(problems)


def test_there_are_scripts():
	assert javascript_files()


def test_every_exception_is_still_needed():
	found = {(path, problem) for rule in javascript_rules.RULES for path, _, problem in problems_of(rule)}
	assert ALLOWED.keys() <= found
