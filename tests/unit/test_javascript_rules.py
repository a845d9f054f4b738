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


# module → calls that only it may make, and the reason
MAKERS = {
	# Frappe's dialogs lose typed text at Esc, Ctrl+Enter and Enter in a link field
	"platform/dialog.js": (r"new frappe\.ui\.Dialog", r"frappe\.prompt"),
	# results get the same buttons, and stay long enough for a click
	"platform/toast.js": (r"frappe\.show_alert", r"frappe\.toast"),
	# a list that isn't set up yet loses its filters and raises errors
	"platform/refresh_list.js": (r"(window\.)?cur_list\??\.refresh",),
}


@pytest.mark.parametrize("maker", MAKERS)
def test_each_is_done_by_one_function(maker):
	found = [
		(relative(path), line)
		for path in javascript_files()
		if not str(path).endswith(maker)
		for call in MAKERS[maker]
		for line, _argument in parse(read(path)).calls(call)
	]
	assert not found


def test_there_are_scripts():
	assert javascript_files()
