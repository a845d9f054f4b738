"""Frappe's public semgrep rules (github.com/frappe/semgrep-rules), except those covered by ruff and python_rules.

Reimplemented on the syntax tree, because semgrep's rules are not available as a package. Each docstring has the name of
the original. Some rules accept code with its reason in a comment.
"""

import ast
import re
from collections.abc import Iterator

from tests.unit.support.rules import Problem, rules_of
from tests.unit.support.syntax import TRANSLATE, calls, is_commented, is_translation, name_of

EVENTS_AFTER_WRITING = ("on_submit", "on_cancel", "after_insert", "on_update", "on_update_after_submit")
PROXIES = (
	*("db", "qb", "conf", "form", "form_dict", "request", "response", "session", "user", "flags"),
	*("error_log", "debug_log", "message_log", "lang"),
)
OF_ONE_SITE = re.compile(
	r"^frappe\.(db|cache|conf|flags|lang|local|qb)\b|"
	r"^frappe\.(get_all|get_list|get_doc|get_single|get_cached_doc|get_meta|get_hooks|_)$|^(_|flt)$"
)
ROOMS = {"doctype", "docname", "room", "user"}
# calls that check a right; `get_list` and the searches return only readable records, and `may_ignore` decides
# whether Frappe's link search skips its own checks
ASKING = {
	*("has_permission", "check_permission", "only_for", "get_list", "may_ignore"),
	*("search_visible", "find_direct", "find_noted", "require_document"),
}
CODE = ("eval", "exec", "compile", "__import__")
CODE_OF_PLATFORM = ("safe_eval", "safe_exec", "run_script")
ORDER = re.compile(r"^['\"]*(?i:asc|desc)['\"]*$|\bOrder\.|qb\.(asc|desc)")
TEMPLATES = ("frappe.render_template", "render_template")


def no_code_from_text(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-codeinjection-eval; templates also come from files, never from users' texts."""
	for call in calls(module):
		name = name_of(call)
		if name in CODE or name.rpartition(".")[2] in CODE_OF_PLATFORM:
			yield call.lineno, f"{name}() runs text as code"
		if name in TEMPLATES and not (call.args and _is_own_file(call.args[0])):
			yield call.lineno, "a template that is not a file of the app"


def modules_read_no_site_data(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-breaks-multitenancy: values read at import are shared by all sites of the process."""
	for statement in module.body:
		value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
		for node in ast.walk(value) if value else ():
			if isinstance(node, ast.Attribute | ast.Name) and OF_ONE_SITE.search(ast.unparse(node)):
				yield statement.lineno, f"{ast.unparse(node)} at import"
				break


def caches_belong_to_the_site(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-cache-breaks-multitenancy: Redis's own get and set don't separate sites."""
	for call in calls(module):
		if re.fullmatch(r"frappe\.cache(\(\))?\.(get|set)", name_of(call)):
			yield call.lineno, "use get_value and set_value"


def fields_are_not_set_after_writing(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-modifying-but-not-comitting: fields set in an event after the write are not saved."""
	for controller in (node for node in module.body if isinstance(node, ast.ClassDef)):
		methods = {node.name: node for node in controller.body if isinstance(node, ast.FunctionDef)}
		events = [methods[name] for name in EVENTS_AFTER_WRITING if name in methods]
		called = {name_of(call).removeprefix("self.") for event in events for call in calls(event)}
		for method in [*events, *(methods[name] for name in called & methods.keys())]:
			yield from _set_and_lost(method)


def nothing_is_printed(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-print-function-in-doctypes, for all files."""
	return ((call.lineno, "print()") for call in calls(module, "print"))


def no_debugging_is_left(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-query-debug-statement."""
	for call in calls(module):
		values = [keyword.value for keyword in call.keywords if keyword.arg == "debug"]
		if any(isinstance(value, ast.Constant) and value.value for value in values):
			yield call.lineno, "debug is on"


def tables_are_not_changed_while_read(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-modifying-child-tables-while-iterating."""
	for loop in (node for node in ast.walk(module) if isinstance(node, ast.For)):
		source = loop.iter
		if isinstance(source, ast.Attribute) and isinstance(source.value, ast.Name):
			changes = (f"{source.value.id}.remove", f"{source.value.id}.append")
			for call in (call for part in loop.body for call in calls(part, *changes)):
				yield call.lineno, f"{ast.unparse(source)} is changed while it is read"


def proxies_are_not_replaced(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-overriding-local-proxies."""
	for target, line in _assigned(module):
		if re.fullmatch(rf"frappe\.({'|'.join(PROXIES)})", target):
			yield line, f"set frappe.local.{target.partition('.')[2]}"


def state_of_the_request_is_explained(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""Changes of `frappe.local`, `frappe.flags` and the session outlive the function and need a comment."""
	for target, line in _assigned(module):
		if re.match(r"frappe\.(local|flags|session)\.", target) and not is_commented(lines, line):
			yield line, f"{target} without a reason beside it"
	for call in calls(module, "frappe.set_user", "frappe.db.set_user"):
		if not is_commented(lines, call.lineno):
			yield call.lineno, "set_user without a reason beside it"


def singles_are_read_as_singles(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-single-value-type-safety, frappe-set-value-semantics."""
	for call in calls(module, "frappe.db.get_value", "frappe.db.set_value"):
		if len(call.args) > 1 and ast.unparse(call.args[1]) in ("None", ast.unparse(call.args[0])):
			yield call.lineno, f"use {name_of(call).replace('_value', '_single_value')}"


def controller_events_exist(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-after-save-controller-hook."""
	for controller in (node for node in module.body if isinstance(node, ast.ClassDef)):
		for node in controller.body:
			if isinstance(node, ast.FunctionDef) and node.name == "after_save":
				yield node.lineno, "Frappe has no event after_save"


def order_is_a_keyword_argument(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-qb-incorrect-order-usage: a positional order counts as a second field."""
	for call in calls(module):
		for text in map(ast.unparse, call.args) if name_of(call).endswith(".orderby") else ():
			if ORDER.search(text):
				yield call.lineno, f"use order={text}"


def realtime_events_have_a_room(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-realtime-pick-room: without a room, all users receive the event."""
	for call in calls(module, "frappe.publish_realtime"):
		if not {keyword.arg for keyword in call.keywords} & ROOMS:
			yield call.lineno, "publish_realtime to all users"


def nothing_imported_is_patched(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-monkey-patching-not-allowed."""
	sources = [node for node in ast.walk(module) if isinstance(node, ast.ImportFrom)]
	imported = {alias.asname or alias.name for node in sources for alias in node.names}
	for target, line in _assigned(module):
		if target.partition(".")[0] in imported:
			yield line, f"{target} of an imported module is replaced"


def arguments_have_names(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""overusing-args."""
	for node in ast.walk(module):
		if isinstance(node, ast.FunctionDef) and [arg.arg for arg in node.args.args] == ["args"]:
			yield node.lineno, f"{node.name}(args)"


def get_doc_needs_no_dict_call(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""useless-get-doc-dict."""
	for call in calls(module, "frappe.get_doc"):
		if call.args and isinstance(call.args[0], ast.Call) and name_of(call.args[0]) == "dict":
			yield call.lineno, "get_doc(dict(…))"


def translations_are_whole(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-translation-empty-string, -trailing-spaces, -python-splitting."""
	for call in calls(module, *TRANSLATE):
		text = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
		if isinstance(text, str) and text != text.strip():
			yield call.lineno, "a translation begins or ends with a space"
		if text == "":
			yield call.lineno, "an empty translation"
	for node in ast.walk(module):
		is_sum = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)
		if is_sum and is_translation(node.left) and is_translation(node.right):
			yield node.lineno, "a sentence in two translations"


def messages_are_translated(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-missing-translate-function-python; `python_rules` looks at frappe.throw."""
	for call in calls(module, "frappe.msgprint"):
		if call.args and isinstance(call.args[0], ast.Constant | ast.JoinedStr | ast.BinOp):
			yield call.lineno, "frappe.msgprint without _()"


def whitelisted_methods_check_rights(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""Each whitelisted method checks a permission, itself or in a function of the same file that it calls."""
	functions = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
	for function in functions.values():
		if any("frappe.whitelist" in ast.unparse(decorator) for decorator in function.decorator_list):
			called = _called_from(function, functions)
			if not any(name.rpartition(".")[2] in ASKING for name in called):
				yield function.lineno, f"{function.name} checks no permission"


def _called_from(function: ast.FunctionDef, functions: dict) -> set[str]:
	"""Return the names of all calls, including those in called functions of the same file."""
	found, waiting = set(), [function]
	while waiting:
		for call in calls(waiting.pop()):
			if (name := name_of(call)) not in found:
				found.add(name)
				waiting += [functions[name]] if name in functions else []
	return found


def _set_and_lost(method: ast.FunctionDef) -> Iterator[Problem]:
	text = ast.unparse(method)
	if "self.db_set(" in text or "self.save(" in text:
		return
	for target, line in _assigned(method):
		if re.fullmatch(r"self\.(?!flags\b)\w+", target):
			yield line, f"{target} is set in {method.name}, after the write"


def _assigned(node: ast.AST) -> Iterator[tuple[str, int]]:
	for child in ast.walk(node):
		if isinstance(child, ast.Assign):
			for target in child.targets:
				for part in target.elts if isinstance(target, ast.Tuple) else [target]:
					if isinstance(part, ast.Attribute):
						yield ast.unparse(part), child.lineno
		elif isinstance(child, ast.AugAssign | ast.AnnAssign) and isinstance(child.target, ast.Attribute):
			yield ast.unparse(child.target), child.lineno


def _is_own_file(path: ast.expr) -> bool:
	"""Return True for a path below templates/ that consists of literals and constants."""
	parts = path.values if isinstance(path, ast.JoinedStr) else [path]
	first = parts[0].value if isinstance(parts[0], ast.Constant) else ""
	rest = [part.value for part in parts[1:] if isinstance(part, ast.FormattedValue)]
	constant = all(ast.unparse(value).rpartition(".")[2].isupper() for value in rest)
	return str(first).startswith("templates/") and constant


RULES = rules_of(globals(), "module", "lines")
