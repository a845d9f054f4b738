"""Each rule of the source code detects a broken example and accepts correct code."""

import ast

import pytest

from tests.unit.support import javascript_rules as J
from tests.unit.support import message_rules as M
from tests.unit.support import python_rules as P
from tests.unit.support import semgrep_rules as S
from tests.unit.support import semgrep_script_rules as T
from tests.unit.support.javascript import parse
from tests.unit.support.rules import pairs

SETTING = "\n\tdef go(self):\n\t\tself.title = 'x'"
CLASS = "class A(Document):\n\tdef "
GO = "@frappe.whitelist()\ndef go(name: str):\n\tload(name)"
PYTHON_RULES = [*P.RULES, *S.RULES, *M.RULES]
BROKEN_PYTHON = [
	(P.no_built_sql, 'frappe.db.sql(f"select {x}")', 'frappe.db.sql("select %s" % x)'),
	(P.no_built_sql, 'frappe.db.sql("select {}".format(x))', "frappe.db.sql(query)"),
	(P.unusual_rights_are_explained, "doc.insert(ignore_permissions=True)"),
	(P.unusual_rights_are_explained, "doc.flags.ignore_permissions = True"),
	(P.messages_are_translatable, '_(f"Hello {name}")', '_("Hello " + name)', '_("Hello {0}".format(name))'),
	(P.refusals_are_sentences, 'frappe.throw("Choose a partner.")', 'frappe.throw(_("Wrong partner"))'),
	(P.refusals_are_sentences, "frappe.throw(message)"),
	(P.titles_are_translatable, 'frappe.throw(_("Choose one."), title="Missing")'),
	(P.errors_are_not_swallowed, "try:\n\tgo()\nexcept:\n\tpass"),
	(S.no_code_from_text, "eval(text)", "frappe.safe_eval(text)"),
	(S.no_code_from_text, "from frappe.utils.safe_exec import safe_exec\nsafe_exec(script)"),
	(S.no_code_from_text, "frappe.render_template(doc.notes, {})"),
	(S.modules_read_no_site_data, "LANGUAGES = frappe.get_all('Language')", "TITLE = _('Late')"),
	(S.modules_read_no_site_data, "DB: str = frappe.conf.db_name"),
	(S.caches_belong_to_the_site, "frappe.cache().get('a')", "frappe.cache.set('a', 1)"),
	(S.fields_are_not_set_after_writing, CLASS + "on_update(self):\n\t\tself.title = 'x'"),
	(S.fields_are_not_set_after_writing, CLASS + "after_insert(self):\n\t\tself.go()" + SETTING),
	(S.nothing_is_printed, "print(doc)"),
	(S.no_debugging_is_left, "frappe.get_all('User', debug=True)"),
	(S.tables_are_not_changed_while_read, "for row in self.rows:\n\tself.remove(row)"),
	(S.proxies_are_not_replaced, "frappe.flags = {}"),
	(S.state_of_the_request_is_explained, "frappe.flags.in_import = True"),
	(S.state_of_the_request_is_explained, "frappe.set_user('Administrator')", "frappe.local.lang = 'de'"),
	(S.singles_are_read_as_singles, "frappe.db.get_value('A', None, 'x')"),
	(S.singles_are_read_as_singles, "frappe.db.set_value(SETTINGS, SETTINGS, 'x', 1)"),
	(S.controller_events_exist, CLASS + "after_save(self):\n\t\tpass"),
	(S.order_is_a_keyword_argument, "query.orderby(table.name, 'desc')"),
	(S.order_is_a_keyword_argument, "query.orderby(table.name, Order.desc)"),
	(S.realtime_events_have_a_room, "frappe.publish_realtime('done', {})"),
	(S.nothing_imported_is_patched, "from frappe.desk import search\nsearch.search_link = mine"),
	(S.arguments_have_names, "def go(args):\n\tpass"),
	(S.get_doc_needs_no_dict_call, "frappe.get_doc(dict(doctype='A'))"),
	(S.translations_are_whole, "_('')", "_('Late ')", "_('Late') + _('by')"),
	(S.messages_are_translated, "frappe.msgprint('Late')", "frappe.msgprint(f'{name} is late')"),
	(S.whitelisted_methods_check_rights, GO, GO + "\ndef load(name):\n\tfrappe.get_doc('A', name)"),
	(M.values_are_shown_as_text, "frappe.throw(_('No {0}.').format(frappe.bold(name)))"),
	(M.values_are_shown_as_text, "frappe.throw(_('No {0}.').format(bold(escape_html(name))))"),
	(M.values_are_shown_as_text, "frappe.throw(_('No {0}.').format(bold(as_html(name))))"),
	(M.stored_text_is_escaped_once, "escape_html(doc.title)", "frappe.utils.strip_html(str(error))"),
	(M.mails_escape_their_title, "frappe.sendmail(recipients=[user])"),
	(M.values_are_shown_as_text, "frappe.throw(_('No {0}.').format(doc.title))"),
	(M.values_are_shown_as_text, "frappe.msgprint(_('No {0}.').format(row['title']))"),
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
SCRIPT_RULES = [*J.RULES, *T.RULES]
BROKEN_SCRIPTS = [
	(J.html_has_escaped_values, "$(`<b>${name}</b>`)", '$(`<a href="${url}">`)'),
	(J.html_has_escaped_values, '$(`<b>${__("Hello {0}", [name])}</b>`)'),
	(J.html_has_escaped_values, "$(`<b>${frappe.utils.escape_html(a) + b}</b>`)"),
	(J.html_has_escaped_values, "const icon = name; $(`<b>${icon}</b>`)"),
	(J.html_has_escaped_values, "$(`<ul>${rows.map((row) => `<li>${row.title}</li>`)}</ul>`)"),
	(J.html_is_not_concatenated, '$("<b>" + name + "</b>")'),
	(J.html_comes_from_literals, "$(element).html(text)", "element.innerHTML = text"),
	(J.translations_are_literals, "__(`Hello ${name}`)", '__("Hello " + name)'),
	(J.messages_are_translated, 'frappe.msgprint("Hello")'),
	(T.includes_replaces_in_list, "in_list(types, type)"),
	(T.forms_are_passed_as_arguments, "cur_frm.save()"),
	(T.debounced_functions_are_kept, "frappe.utils.debounce(() => go(), 300)();"),
	(T.translations_are_whole, "__(`Late`)", '__("Late ")', '__("")', '__("Late") + __("by")'),
	(T.labels_are_translated, 'frm.add_custom_button("Late", go)'),
	(T.no_code_from_text, "eval(text)", "new Function(text)", 'setTimeout("go()", 100)'),
]
GOOD_SCRIPT = """
// `<b>${comment}</b>` and "crm" in a comment
const icon = frappe.utils.icon(done ? "tick" : "clock", "sm");
const parts = text.split(/["'`]<b>/).length / 2;
$(`<b title="${frappe.utils.escape_html(name)}">${icon} ${__("Done")}</b>`).text(`${name} (${parts})`);
frappe.msgprint(__("{0} is done", [frappe.utils.escape_html(name)]));
$(element).html("").append("a" + name);
const later = frappe.utils.debounce(() => go(), 300);
if (window.cur_frm === frm) frm.add_custom_button(__("Late"), () => setTimeout(() => go(), 100));
types.includes(type) && frappe.show_alert(__("{0} is late", [name]) + " " + count);
"""


def test_every_rule_has_a_broken_example():
	assert {rule for rule, _source in pairs(BROKEN_PYTHON)} == {*PYTHON_RULES}
	assert {rule for rule, _source in pairs(BROKEN_SCRIPTS)} == {*SCRIPT_RULES}


@pytest.mark.parametrize(("rule", "source"), pairs(BROKEN_PYTHON))
def test_a_rule_detects_broken_python(rule, source):
	assert list(rule(ast.parse(source), source.splitlines()))


@pytest.mark.parametrize("rule", PYTHON_RULES, ids=lambda rule: rule.__name__)
def test_a_rule_accepts_correct_python(rule):
	assert not list(rule(ast.parse(GOOD_PYTHON), GOOD_PYTHON.splitlines()))


@pytest.mark.parametrize(("rule", "source"), pairs(BROKEN_SCRIPTS))
def test_a_rule_detects_a_broken_script(rule, source):
	assert list(rule(parse(source)))


@pytest.mark.parametrize("rule", SCRIPT_RULES, ids=lambda rule: rule.__name__)
def test_a_rule_accepts_a_correct_script(rule):
	assert not list(rule(parse(GOOD_SCRIPT)))


@pytest.mark.parametrize(
	"text", ["{{ doc.title }}", "{{ doc.title | safe }}", '{{ _("Late") + doc.title }}', "{{- row.name -}}"]
)
def test_the_template_rule_detects_unescaped_values(text):
	assert list(M.template_values_are_escaped(text))


def test_the_template_rule_accepts_escaped_values():
	text = '{{ (doc.title or "") | e }}{{ _("Late") }}{{ parts.head(doc) }}{{- name | e -}}'
	assert not list(M.template_values_are_escaped(text))


def test_commits_are_found():
	source = "def job():\n\tfrappe.db.commit()\n\tfrappe.db.rollback(save_point='a')"
	assert list(P.commits(ast.parse(source))) == [("job", 2)]
