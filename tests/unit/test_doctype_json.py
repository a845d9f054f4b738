"""Every DocType follows every rule; a failure names the rule and the document types."""

import pytest

from tests.unit.support import label_rules, list_rules, permission_rules, structure_rules
from tests.unit.support.doctypes import catalogue

RULES = [*structure_rules.RULES, *permission_rules.RULES, *label_rules.RULES, *list_rules.RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_doctypes_follow_the_rule(rule):
	own = catalogue().own.items()
	problems = [f"{name}: {problem}" for name, doctype in own for problem in rule(doctype, catalogue())]
	assert not problems, "\n".join(problems)
