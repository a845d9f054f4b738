"""Frappe's semgrep rules, escaped values, and reasons for disabled findings."""

import ast
import re

import pytest

from tests.unit.support import message_rules, semgrep_rules, semgrep_script_rules
from tests.unit.support.javascript import parse
from tests.unit.support.source import PACKAGE, ROOT, javascript_files, python_files, relative, tree

try:
	import tomllib
except ModuleNotFoundError:  # Python 3.10, for which pytest installs tomli
	import tomli as tomllib

PYTHON_RULES = [*semgrep_rules.RULES, message_rules.values_are_shown_as_text]
# rule → folder to which it doesn't apply, with the reason
NOT_FOR = {
	"nothing_is_printed": "demo/",  # run manually in a terminal
	"state_of_the_request_is_explained": "demo/",  # acts as each of its users on purpose
}
# (file, problem) → why it is allowed there
ALLOWED = {
	(
		"controllers/validation.py",
		"frappe.bold() leaves HTML as it is; validation.bold() shows it as text",
	): "of escaped text",
}
TEMPLATES = sorted([*PACKAGE.glob("templates/**/*.html"), *PACKAGE.glob("*/print_format/**/*.html")])
# values of templates that are HTML → why they contain no script of users
RICH = {
	"html": "Text Editor fields, which Frappe cleans when they are saved",
	"letter_head": "the administrator's",
	"label": "translated literals of the app's templates",
	"kind": "translated literals of the app's templates",
	"title": "translated literals in the digest; escaped in other templates",
	"color": "literals of the app's templates",
	"sentence": "built and escaped in reminders/reminders.py",
}
NOQA = re.compile(r"#\s*noqa: ((?:S\d+(?:, )?)+)(.*)")


@pytest.mark.parametrize("rule", PYTHON_RULES, ids=lambda rule: rule.__name__)
def test_python_code_follows_the_rule(rule):
	problems = [
		f"{path.relative_to(PACKAGE).as_posix()}:{line}: {problem}"
		for path in python_files()
		if not _is_left_out(rule, path)
		for line, problem in rule(tree(path), path.read_text(encoding="utf-8").splitlines())
		if (path.relative_to(PACKAGE).as_posix(), problem) not in ALLOWED
	]
	assert not problems, "\n".join(problems)


@pytest.mark.parametrize("rule", semgrep_script_rules.RULES, ids=lambda rule: rule.__name__)
def test_scripts_follow_the_rule(rule):
	problems = [
		f"{relative(path)}:{line}: {problem}"
		for path in javascript_files()
		for line, problem in rule(parse(path.read_text(encoding="utf-8")))
	]
	assert not problems, "\n".join(problems)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_escapes_its_values(path):
	problems = [*message_rules.template_values_are_escaped(path.read_text(encoding="utf-8"), {*RICH})]
	assert not problems, problems


def test_every_disabled_security_finding_has_a_reason():
	"""A line that disables one of ruff's security rules has the reason in its comment."""
	unexplained = []
	for path in [*ROOT.glob("*/**/*.py")]:
		if "node_modules" in path.parts:
			continue
		for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
			found = NOQA.search(line)
			if found and not re.search(r"[a-z]{3}", found.group(2)):
				unexplained.append(f"{relative(path)}:{number}: {line.strip()}")
	assert not unexplained, "\n".join(unexplained)


def test_ruffs_security_rules_are_enabled():
	text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
	lint = tomllib.loads(text)["tool"]["ruff"]["lint"]
	assert "S" in lint["select"]
	assert not [code for code in lint["ignore"] if code.startswith("S") and code[1:2].isdigit()]
	for pattern, codes in lint["per-file-ignores"].items():
		line = next(line for line in text.splitlines() if line.startswith(f'"{pattern}"'))
		assert "#" in line, f"{pattern}: {codes} without a reason"


def test_every_exception_is_still_needed():
	rules = [rule for rule in PYTHON_RULES if rule.__name__ not in NOT_FOR]
	found = {
		(path.relative_to(PACKAGE).as_posix(), problem)
		for path in python_files()
		for rule in rules
		for _line, problem in rule(tree(path), path.read_text(encoding="utf-8").splitlines())
	}
	assert ALLOWED.keys() <= found


BROKEN_PYTHON = [
	(semgrep_rules.no_code_from_text, "eval(text)"),
	(semgrep_rules.no_code_from_text, "frappe.safe_eval(text)"),
	(semgrep_rules.no_code_from_text, "from frappe.utils.safe_exec import safe_exec\nsafe_exec(script)"),
	(semgrep_rules.no_code_from_text, "frappe.render_template(doc.notes, {})"),
	(semgrep_rules.modules_read_no_site_data, "LANGUAGES = frappe.get_all('Language')"),
	(semgrep_rules.modules_read_no_site_data, "TITLE = _('Late')"),
	(semgrep_rules.modules_read_no_site_data, "DB: str = frappe.conf.db_name"),
	(semgrep_rules.caches_belong_to_the_site, "frappe.cache().get('a')"),
	(semgrep_rules.caches_belong_to_the_site, "frappe.cache.set('a', 1)"),
	(
		semgrep_rules.fields_are_not_set_after_writing,
		"class A(Document):\n\tdef on_update(self):\n\t\tself.title = 'x'",
	),
	(
		semgrep_rules.fields_are_not_set_after_writing,
		"class A(Document):\n\tdef after_insert(self):\n\t\tself.go()\n\tdef go(self):\n\t\tself.title = 'x'",
	),
	(semgrep_rules.nothing_is_printed, "print(doc)"),
	(semgrep_rules.no_debugging_is_left, "frappe.get_all('User', debug=True)"),
	(semgrep_rules.tables_are_not_changed_while_read, "for row in self.rows:\n\tself.remove(row)"),
	(semgrep_rules.proxies_are_not_replaced, "frappe.flags = {}"),
	(semgrep_rules.state_of_the_request_is_explained, "frappe.flags.in_import = True"),
	(semgrep_rules.state_of_the_request_is_explained, "frappe.set_user('Administrator')"),
	(semgrep_rules.state_of_the_request_is_explained, "frappe.local.lang = 'de'"),
	(semgrep_rules.singles_are_read_as_singles, "frappe.db.get_value('A', None, 'x')"),
	(semgrep_rules.singles_are_read_as_singles, "frappe.db.set_value(SETTINGS, SETTINGS, 'x', 1)"),
	(semgrep_rules.controller_events_exist, "class A(Document):\n\tdef after_save(self):\n\t\tpass"),
	(semgrep_rules.order_is_a_keyword_argument, "query.orderby(table.name, 'desc')"),
	(semgrep_rules.order_is_a_keyword_argument, "query.orderby(table.name, Order.desc)"),
	(semgrep_rules.realtime_events_have_a_room, "frappe.publish_realtime('done', {})"),
	(semgrep_rules.nothing_imported_is_patched, "from frappe.desk import search\nsearch.search_link = mine"),
	(semgrep_rules.arguments_have_names, "def go(args):\n\tpass"),
	(semgrep_rules.get_doc_needs_no_dict_call, "frappe.get_doc(dict(doctype='A'))"),
	(semgrep_rules.translations_are_whole, "_('')"),
	(semgrep_rules.translations_are_whole, "_('Late ')"),
	(semgrep_rules.translations_are_whole, "_('Late') + _('by')"),
	(semgrep_rules.messages_are_translated, "frappe.msgprint('Late')"),
	(semgrep_rules.messages_are_translated, "frappe.msgprint(f'{name} is late')"),
	(semgrep_rules.whitelisted_methods_check_rights, "@frappe.whitelist()\ndef go(name: str):\n\tload(name)"),
	(
		semgrep_rules.whitelisted_methods_check_rights,
		"@frappe.whitelist()\ndef go(name: str):\n\tload(name)\ndef load(name):\n\tfrappe.get_doc('A', name)",
	),
	(message_rules.values_are_shown_as_text, "frappe.throw(_('No {0}.').format(frappe.bold(name)))"),
	(message_rules.values_are_shown_as_text, "frappe.throw(_('No {0}.').format(bold(escape_html(name))))"),
	(message_rules.values_are_shown_as_text, "frappe.throw(_('No {0}.').format(doc.title))"),
	(message_rules.values_are_shown_as_text, "frappe.msgprint(_('No {0}.').format(row['title']))"),
]
GOOD_PYTHON = """
FIELDS = ("name", frappe.utils.now)
@frappe.whitelist()
def go(name: str):
	check(name)
def check(name):
	frappe.get_doc("A", name).check_permission("read")
	# a reason
	frappe.set_user(name)
	frappe.local.known = 1  # once in a request
	frappe.throw(_("Row {0}: no {1}.").format(row.idx, bold(doc.title)))
	frappe.render_template("templates/emails/a.html", {})
	frappe.render_template(f"templates/emails/{wording.TEMPLATE}.html", {})
	frappe.cache.get_value("a")
	query.orderby(table.name, order=Order.desc)
	frappe.publish_realtime("a", {}, user=name)
	frappe.db.get_value("A", name, "title")
	for row in list(self.rows):
		self.remove(row)
class A(Document):
	def validate(self):
		self.title = "x"
	def on_update(self):
		self.flags.done = True
		self.point()
	def point(self):
		self.db_set("a", 1)
		self.a = 1
"""


def test_every_python_rule_has_a_broken_example():
	assert {rule for rule, _source in BROKEN_PYTHON} == {*PYTHON_RULES}


@pytest.mark.parametrize(("rule", "source"), BROKEN_PYTHON)
def test_a_rule_detects_broken_python(rule, source):
	assert list(rule(ast.parse(source), source.splitlines()))


@pytest.mark.parametrize("rule", PYTHON_RULES, ids=lambda rule: rule.__name__)
def test_a_rule_accepts_correct_python(rule):
	assert not list(rule(ast.parse(GOOD_PYTHON), GOOD_PYTHON.splitlines()))


S = semgrep_script_rules
BROKEN_SCRIPTS = [
	(S.includes_replaces_in_list, "in_list(types, type)"),
	(S.forms_are_passed_as_arguments, "cur_frm.save()"),
	(S.debounced_functions_are_kept, "frappe.utils.debounce(() => go(), 300)();"),
	(S.translations_are_whole, "__(`Late`)"),
	(S.translations_are_whole, '__("Late ")'),
	(S.translations_are_whole, '__("")'),
	(S.translations_are_whole, '__("Late") + __("by")'),
	(S.labels_are_translated, 'frm.add_custom_button("Late", go)'),
	(S.no_code_from_text, "eval(text)"),
	(S.no_code_from_text, "new Function(text)"),
	(S.no_code_from_text, 'setTimeout("go()", 100)'),
]
GOOD_SCRIPT = """
const later = frappe.utils.debounce(() => go(), 300);
if (window.cur_frm === frm) frm.add_custom_button(__("Late"), () => setTimeout(() => go(), 100));
types.includes(type) && frappe.show_alert(__("{0} is late", [name]) + " " + count);
"""


def test_every_script_rule_has_a_broken_example():
	assert {rule for rule, _source in BROKEN_SCRIPTS} == {*S.RULES}


@pytest.mark.parametrize(("rule", "source"), BROKEN_SCRIPTS)
def test_a_rule_detects_a_broken_script(rule, source):
	assert list(rule(parse(source)))


@pytest.mark.parametrize("rule", S.RULES, ids=lambda rule: rule.__name__)
def test_a_rule_accepts_a_correct_script(rule):
	assert not list(rule(parse(GOOD_SCRIPT)))


@pytest.mark.parametrize(
	"text", ["{{ doc.title }}", "{{ doc.title | safe }}", '{{ _("Late") + doc.title }}', "{{- row.name -}}"]
)
def test_the_template_rule_detects_unescaped_values(text):
	assert list(message_rules.template_values_are_escaped(text))


def test_the_template_rule_accepts_escaped_values():
	text = '{{ (doc.title or "") | e }}{{ _("Late") }}{{ parts.head(doc) }}{{- name | e -}}'
	assert not list(message_rules.template_values_are_escaped(text))


def _is_left_out(rule, path) -> bool:
	folder = NOT_FOR.get(rule.__name__)
	return bool(folder) and path.relative_to(PACKAGE).as_posix().startswith(folder)
