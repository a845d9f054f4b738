"""House rules and Frappe's semgrep rules of the scripts; a failure names the rule, the files and the lines."""

import pytest

from tests.unit.support import javascript_rules, semgrep_script_rules
from tests.unit.support.javascript import parse
from tests.unit.support.source import javascript_files, read, relative

RULES = [*javascript_rules.RULES, *semgrep_script_rules.RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_scripts(rule):
	found = [(relative(path), *problem) for path in javascript_files() for problem in rule(parse(read(path)))]
	assert not found, "\n".join(map(str, found))


def test_there_are_scripts():
	assert javascript_files()
