"""What can be called over HTTP: typed, described, with its verbs; and scripts call nothing else."""

import ast

import pytest
from support.javascript import parse
from support.paths import called_from, decorators, half_paths, http_methods
from support.source import dotted, is_function, javascript_files, python_files, relative, resolve, tree

SEARCH_ARGUMENTS = ["doctype", "txt", "searchfield", "start", "page_len", "filters"]
SANITISED = "frappe.validate_and_sanitize_search_inputs"
READS = {
	"candidates",
	"find",
	"get",
	"list",
	"page",
	"count",
	"counts",
	"details",
	"query",
	"search",
	"has",
	"members",
	"participants",
	"preview",
	"proposal",
	"invitees",
	"costs",
}

WHITELISTED = [
	pytest.param(node, id=f"{dotted(path)}.{node.name}")
	for path in python_files()
	for node in ast.walk(tree(path))
	if is_function(node) and http_methods(node) is not None
]
CALLS = [
	pytest.param(script, path, place, id=f"{script.stem}-{path}")
	for script in javascript_files()
	for path, place in called_from(script)
]


@pytest.mark.parametrize("function", WHITELISTED)
def test_method_is_typed(function):
	"""The platform checks arguments against their annotations; one without is taken as it comes."""
	arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
	assert not [
		argument.arg for argument in arguments if argument.annotation is None and argument.arg != "self"
	]
	assert function.returns is not None
	assert function.args.kwarg is None, "**kwargs lets anything in"


@pytest.mark.parametrize("function", WHITELISTED)
def test_method_checks_what_it_is_given(function):
	"""Nothing that no document, date or number could have reaches the method (`api/arguments.py`)."""
	assert not function.args.args or "arguments.checked" in decorators(function)


@pytest.mark.parametrize("function", WHITELISTED)
def test_method_is_described(function):
	assert ast.get_docstring(function)


@pytest.mark.parametrize("function", WHITELISTED)
def test_method_names_its_verbs(function):
	"""What writes is POST, so that no link and no image can call it; guests call nothing."""
	verbs = http_methods(function)
	assert verbs, "methods=[…] is missing"
	assert set(verbs) <= {"GET", "POST"}
	if "GET" in verbs:
		assert READS & set(function.name.split("_")), f"{function.name} sounds as if it wrote something"
	whitelist = decorators(function)["frappe.whitelist"]
	assert "allow_guest" not in {keyword.arg for keyword in whitelist.keywords}


@pytest.mark.parametrize("function", WHITELISTED)
def test_search_is_sanitised(function):
	"""The platform's link search passes these six; its decorator keeps SQL out of the field's name."""
	takes = [argument.arg for argument in function.args.args]
	assert (takes == SEARCH_ARGUMENTS) == (SANITISED in decorators(function))


def test_api_holds_what_is_called():
	"""api/ is the door; a whitelisted method elsewhere would be a second one."""
	assert WHITELISTED
	outside = [param.id for param in WHITELISTED if not param.id.startswith("crm_interactions.api.")]
	assert not outside


@pytest.mark.parametrize(("script", "path", "place"), CALLS)
def test_script_calls_what_is_there(script, path, place):
	target = resolve(path)
	assert is_function(target), f"{relative(script)} calls {path}, which isn't there"
	assert http_methods(target) is not None, f"{path} isn't whitelisted"


@pytest.mark.parametrize(("script", "path", "place"), CALLS)
def test_script_uses_the_right_verb(script, path, place):
	"""`frappe.xcall` and `frappe.call` send POST unless told otherwise; another verb is refused."""
	parsed = parse(script.read_text(encoding="utf-8"))
	if parsed.callee(place) not in ("frappe.xcall", "frappe.call"):
		return  # a link query goes through the platform's search
	verbs = http_methods(resolve(path))
	sent = "GET" if '"GET"' in parsed.enclosing_call(place) else "POST"
	assert sent in verbs


@pytest.mark.parametrize("script", javascript_files(), ids=lambda path: path.stem)
def test_paths_are_written_out(script):
	"""A path that is put together while the script runs can't be found when a method is renamed."""
	assert not half_paths(script)
