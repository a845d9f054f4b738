"""Every DocType follows every rule; a failure names the rule and the document types."""

import pytest

from tests.unit.support import label_rules, list_rules, permission_rules, structure_rules
from tests.unit.support.doctypes import catalogue

RULES = [*structure_rules.RULES, *permission_rules.RULES, *label_rules.RULES, *list_rules.RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_doctypes_follow_the_rule(rule):
	problems = [
		f"{name}: {problem}"
		for name, definition in catalogue().own.items()
		for problem in rule(definition, catalogue())
	]
	assert not problems, "\n".join(problems)


def test_doctypes_are_found():
	assert {"Interaction", "Meeting", "Product Record", "Partner"} <= catalogue().own.keys()
