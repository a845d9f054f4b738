"""The platform makers' public semgrep rules (github.com/frappe/semgrep-rules), as far as ruff and python_rules don't say the same.

Written anew on the syntax tree, because semgrep and its rules can't be had as a package. The name of theirs is in each docstring.
What has a reason in a comment beside it is left alone where the rule says so.
"""

import ast
import re
from collections.abc import Iterator

Problem = tuple[int, str]

EVENTS_AFTER_WRITING = ("on_submit", "on_cancel", "after_insert", "on_update", "on_update_after_submit")
PROXIES = (
	*(
		"db",
		"qb",
		"conf",
		"form",
		"form_dict",
		"request",
		"response",
		"session",
		"user",
		"flags",
		"error_log",
	),
	*("debug_log", "message_log", "lang"),
)
OF_ONE_SITE = re.compile(
	r"^frappe\.(db|cache|conf|flags|lang|local|qb)\b|"
	r"^frappe\.(get_all|get_list|get_doc|get_single|get_cached_doc|get_meta|get_hooks|_)$|^(_|flt)$"
)
ROOMS = {"doctype", "docname", "room", "user"}
# what asks the platform for a right; get_list answers with what the user may read
# `search_visible` returns readable records; `may_ignore` decides whether the platform's link search skips its own checks
ASKING = {"has_permission", "check_permission", "only_for", "get_list", "search_visible", "may_ignore"}
CODE = ("eval", "exec", "compile", "__import__")
CODE_OF_PLATFORM = ("safe_eval", "safe_exec", "run_script")
TEMPLATES = ("frappe.render_template", "render_template")


def no_code_from_text(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-codeinjection-eval; and templates come from files, never from what somebody wrote."""
	for call in _calls(module):
		name = _name(call)
		if name in CODE or name.rpartition(".")[2] in CODE_OF_PLATFORM:
			yield call.lineno, f"{name}() runs text as code"
		if name in TEMPLATES and not (call.args and _is_own_file(call.args[0])):
			yield call.lineno, "a template that isn't one of our files"


def modules_know_no_site(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-breaks-multitenancy: what is read at import is the same for every site of the process."""
	for statement in module.body:
		value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
		for node in ast.walk(value) if value else ():
			if isinstance(node, ast.Attribute | ast.Name) and OF_ONE_SITE.search(ast.unparse(node)):
				yield statement.lineno, f"{ast.unparse(node)} at import"
				break


def caches_are_of_the_site(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-cache-breaks-multitenancy: get and set of Redis itself know no site."""
	for call in _calls(module):
		if re.fullmatch(r"frappe\.cache(\(\))?\.(get|set)", _name(call)):
			yield call.lineno, "get_value and set_value instead"


def written_documents_stay(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-modifying-but-not-comitting: what an event after the write sets is never saved."""
	for controller in (node for node in module.body if isinstance(node, ast.ClassDef)):
		methods = {node.name: node for node in controller.body if isinstance(node, ast.FunctionDef)}
		events = [methods[name] for name in EVENTS_AFTER_WRITING if name in methods]
		called = {_name(call).removeprefix("self.") for event in events for call in _calls(event)}
		for method in [*events, *(methods[name] for name in called & methods.keys())]:
			yield from _set_and_lost(method)


def nothing_is_printed(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-print-function-in-doctypes, everywhere."""
	return ((call.lineno, "print()") for call in _calls(module) if _name(call) == "print")


def no_debugging_is_left(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-query-debug-statement."""
	for call in _calls(module):
		if any(keyword.arg == "debug" and _is_true(keyword.value) for keyword in call.keywords):
			yield call.lineno, "debug is on"


def tables_are_not_changed_while_read(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-modifying-child-tables-while-iterating."""
	for loop in (node for node in ast.walk(module) if isinstance(node, ast.For)):
		source = loop.iter
		if isinstance(source, ast.Attribute) and isinstance(source.value, ast.Name):
			owner = source.value.id
			for call in (call for part in loop.body for call in _calls(part)):
				if _name(call) in (f"{owner}.remove", f"{owner}.append"):
					yield call.lineno, f"{ast.unparse(source)} is changed while it is read"


def proxies_are_not_replaced(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-overriding-local-proxies."""
	for target, line in _assigned(module):
		if re.fullmatch(rf"frappe\.({'|'.join(PROXIES)})", target):
			yield line, f"frappe.local.{target.partition('.')[2]} instead"


def state_of_the_request_is_explained(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""What is put into `frappe.local`, `frappe.flags` and the session outlives the function: a comment says why."""
	for target, line in _assigned(module):
		if re.match(r"frappe\.(local|flags|session)\.", target) and not _commented(lines, line):
			yield line, f"{target} without a reason beside it"
	for call in _calls(module):
		if _name(call) in ("frappe.set_user", "frappe.db.set_user") and not _commented(lines, call.lineno):
			yield call.lineno, "set_user without a reason beside it"


def singles_are_read_as_singles(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-single-value-type-safety, frappe-set-value-semantics."""
	for call in _calls(module):
		if _name(call) in ("frappe.db.get_value", "frappe.db.set_value") and len(call.args) > 1:
			doctype, name = call.args[:2]
			if ast.unparse(name) in ("None", ast.unparse(doctype)):
				yield call.lineno, f"{_name(call).replace('_value', '_single_value')} instead"


def events_exist(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-after-save-controller-hook."""
	for controller in (node for node in module.body if isinstance(node, ast.ClassDef)):
		for node in controller.body:
			if isinstance(node, ast.FunctionDef) and node.name == "after_save":
				yield node.lineno, "the platform knows no after_save"


def orders_are_named(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-qb-incorrect-order-usage: a second field otherwise."""
	for call in _calls(module):
		if _name(call).endswith(".orderby"):
			for argument in call.args:
				text = ast.unparse(argument)
				if text.strip("'\"").lower() in ("asc", "desc") or re.search(
					r"\bOrder\.|qb\.(asc|desc)", text
				):
					yield call.lineno, f"order={text}"


def news_has_a_reader(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-realtime-pick-room: everybody would be told."""
	for call in _calls(module):
		named = {keyword.arg for keyword in call.keywords}
		if _name(call) == "frappe.publish_realtime" and not named & ROOMS:
			yield call.lineno, "publish_realtime to everybody"


def nothing_imported_is_patched(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-monkey-patching-not-allowed."""
	imported = {
		alias.asname or alias.name
		for node in ast.walk(module)
		if isinstance(node, ast.ImportFrom)
		for alias in node.names
	}
	for target, line in _assigned(module):
		if target.partition(".")[0] in imported:
			yield line, f"{target} is replaced in what was imported"


def arguments_have_names(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""overusing-args."""
	for node in ast.walk(module):
		if isinstance(node, ast.FunctionDef) and [arg.arg for arg in node.args.args] == ["args"]:
			yield node.lineno, f"{node.name}(args)"


def documents_are_made_of_what_they_are(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""useless-get-doc-dict."""
	for call in _calls(module):
		first = call.args[0] if call.args else None
		if _name(call) == "frappe.get_doc" and isinstance(first, ast.Call) and _name(first) == "dict":
			yield call.lineno, "get_doc(dict(…))"


def translations_are_whole(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-translation-empty-string, -trailing-spaces, -python-splitting."""
	for node in ast.walk(module):
		if isinstance(node, ast.Call) and _name(node) in ("_", "frappe._") and node.args:
			text = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
			if isinstance(text, str) and text != text.strip():
				yield node.lineno, "a translation begins or ends with a space"
			if text == "":
				yield node.lineno, "an empty translation"
		sides = (
			(node.left, node.right) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) else ()
		)
		if sides and all(isinstance(side, ast.Call) and _name(side) in ("_", "frappe._") for side in sides):
			yield node.lineno, "a sentence in two translations"


def messages_are_translated(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""frappe-missing-translate-function-python; `python_rules` looks at frappe.throw."""
	for call in _calls(module):
		if _name(call) == "frappe.msgprint" and call.args:
			text = call.args[0]
			if isinstance(text, ast.Constant | ast.JoinedStr | ast.BinOp):
				yield call.lineno, "frappe.msgprint without _()"


def whitelisted_methods_check_rights(module: ast.Module, lines: list[str]) -> Iterator[Problem]:
	"""What can be called over HTTP asks for a permission, itself or in a function of the same file that it calls."""
	functions = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
	for function in functions.values():
		if any("frappe.whitelist" in ast.unparse(decorator) for decorator in function.decorator_list):
			called = _called_from(function, functions)
			if not any(name.rpartition(".")[2] in ASKING for name in called):
				yield function.lineno, f"{function.name} asks for no permission"


def _called_from(function: ast.FunctionDef, functions: dict) -> set[str]:
	"""Return the names of all that is called, functions of the same file followed."""
	found, waiting = set(), [function]
	while waiting:
		for call in _calls(waiting.pop()):
			if (name := _name(call)) not in found:
				found.add(name)
				waiting += [functions[name]] if name in functions else []
	return found


def _set_and_lost(method: ast.FunctionDef) -> Iterator[Problem]:
	text = ast.unparse(method)
	if "self.db_set(" in text or "self.save(" in text:
		return
	for target, line in _assigned(method):
		if re.fullmatch(r"self\.(?!flags\b)\w+", target):
			yield line, f"{target} is set in {method.name}, after the document was written"


def _assigned(node: ast.AST) -> Iterator[tuple[str, int]]:
	for child in ast.walk(node):
		if isinstance(child, ast.Assign):
			for target in child.targets:
				for part in target.elts if isinstance(target, ast.Tuple) else [target]:
					if isinstance(part, ast.Attribute):
						yield ast.unparse(part), child.lineno
		elif isinstance(child, ast.AugAssign | ast.AnnAssign) and isinstance(child.target, ast.Attribute):
			yield ast.unparse(child.target), child.lineno


def _calls(node: ast.AST) -> Iterator[ast.Call]:
	return (child for child in ast.walk(node) if isinstance(child, ast.Call))


def _name(call: ast.Call) -> str:
	return ast.unparse(call.func)


def _is_own_file(path: ast.expr) -> bool:
	"""True for a path below templates/ of literals and constants."""
	parts = path.values if isinstance(path, ast.JoinedStr) else [path]
	first = parts[0].value if isinstance(parts[0], ast.Constant) else ""
	rest = [part.value for part in parts[1:] if isinstance(part, ast.FormattedValue)]
	return str(first).startswith("templates/") and all(
		ast.unparse(value).rpartition(".")[2].isupper() for value in rest
	)


def _is_true(value: ast.expr) -> bool:
	return isinstance(value, ast.Constant) and bool(value.value)


def _commented(lines: list[str], number: int) -> bool:
	above = lines[number - 2].strip() if number > 1 else ""
	return "#" in lines[number - 1] or above.startswith("#")


RULES = [
	no_code_from_text,
	modules_know_no_site,
	caches_are_of_the_site,
	written_documents_stay,
	nothing_is_printed,
	no_debugging_is_left,
	tables_are_not_changed_while_read,
	proxies_are_not_replaced,
	state_of_the_request_is_explained,
	singles_are_read_as_singles,
	events_exist,
	orders_are_named,
	news_has_a_reader,
	nothing_imported_is_patched,
	arguments_have_names,
	documents_are_made_of_what_they_are,
	translations_are_whole,
	messages_are_translated,
	whitelisted_methods_check_rights,
]
