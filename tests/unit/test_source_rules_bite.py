"""Each rule of the source code detects a broken example and accepts correct code."""

import ast

import pytest

from tests.unit.support import javascript_rules, python_rules
from tests.unit.support.javascript import parse

BROKEN_PYTHON = [
	(python_rules.no_built_sql, 'frappe.db.sql(f"select {x}")'),
	(python_rules.no_built_sql, 'frappe.db.sql("select %s" % x)'),
	(python_rules.no_built_sql, 'frappe.db.sql("select {}".format(x))'),
	(python_rules.no_built_sql, "frappe.db.sql(query)"),
	(python_rules.unusual_rights_are_explained, "doc.insert(ignore_permissions=True)"),
	(python_rules.unusual_rights_are_explained, "doc.flags.ignore_permissions = True"),
	(python_rules.messages_are_translatable, '_(f"Hello {name}")'),
	(python_rules.messages_are_translatable, '_("Hello " + name)'),
	(python_rules.messages_are_translatable, '_("Hello {0}".format(name))'),
	(python_rules.refusals_are_sentences, 'frappe.throw("Choose a partner.")'),
	(python_rules.refusals_are_sentences, 'frappe.throw(_("Wrong partner"))'),
	(python_rules.refusals_are_sentences, "frappe.throw(message)"),
	(python_rules.titles_are_translatable, 'frappe.throw(_("Choose one."), title="Missing")'),
	(python_rules.errors_are_not_swallowed, "try:\n\tgo()\nexcept:\n\tpass"),
]
GOOD_PYTHON = """
frappe.db.sql("select 1", values)
doc.insert(ignore_permissions=True)  # set-up acts for the site
# the server's own copy
doc.flags.ignore_permissions = True
doc.save(ignore_permissions=False)
_(label)
frappe.throw(_("{0} is missing. Choose one.").format(_(label)), title=_("Missing"))
try:
	go()
except ValueError:
	pass
"""


def test_every_python_rule_has_a_broken_example():
	assert {rule for rule, _source in BROKEN_PYTHON} == set(python_rules.RULES)


@pytest.mark.parametrize(("rule", "source"), BROKEN_PYTHON)
def test_a_rule_detects_broken_python(rule, source):
	assert list(rule(ast.parse(source), source.splitlines()))


@pytest.mark.parametrize("rule", python_rules.RULES, ids=lambda rule: rule.__name__)
def test_a_rule_accepts_correct_python(rule):
	assert not list(rule(ast.parse(GOOD_PYTHON), GOOD_PYTHON.splitlines()))


def test_commits_are_found():
	source = "def job():\n\tfrappe.db.commit()\n\tfrappe.db.rollback(save_point='a')"
	assert list(python_rules.commits(ast.parse(source))) == [("job", 2)]


J = javascript_rules
BROKEN_SCRIPTS = [
	(J.html_has_escaped_values, "$(`<b>${name}</b>`)"),
	(J.html_has_escaped_values, '$(`<a href="${url}">`)'),
	(J.html_has_escaped_values, '$(`<b>${__("Hello {0}", [name])}</b>`)'),
	(J.html_has_escaped_values, "$(`<b>${frappe.utils.escape_html(a) + b}</b>`)"),
	(J.html_has_escaped_values, "const icon = name; $(`<b>${icon}</b>`)"),
	(J.html_has_escaped_values, "$(`<ul>${rows.map((row) => `<li>${row.title}</li>`)}</ul>`)"),
	(J.html_is_not_concatenated, '$("<b>" + name + "</b>")'),
	(J.html_comes_from_literals, "$(element).html(text)"),
	(J.html_comes_from_literals, "element.innerHTML = text"),
	(J.translations_are_literals, "__(`Hello ${name}`)"),
	(J.translations_are_literals, '__("Hello " + name)'),
	(J.messages_are_translated, 'frappe.msgprint("Hello")'),
]
GOOD_SCRIPT = """
// `<b>${comment}</b>` and "crm" in a comment
const icon = frappe.utils.icon(done ? "tick" : "clock", "sm");
const parts = text.split(/["'`]<b>/).length / 2;
$(`<b title="${frappe.utils.escape_html(name)}">${icon} ${__("Done")}</b>`).text(`${name} (${parts})`);
frappe.msgprint(__("{0} is done", [frappe.utils.escape_html(name)]));
$(element).html("").append("a" + name);
"""


def test_every_script_rule_has_a_broken_example():
	assert {rule for rule, _source in BROKEN_SCRIPTS} == set(J.RULES)


@pytest.mark.parametrize(("rule", "source"), BROKEN_SCRIPTS)
def test_a_rule_detects_a_broken_script(rule, source):
	assert list(rule(parse(source)))


@pytest.mark.parametrize("rule", J.RULES, ids=lambda rule: rule.__name__)
def test_a_rule_accepts_a_correct_script(rule):
	assert not list(rule(parse(GOOD_SCRIPT)))
