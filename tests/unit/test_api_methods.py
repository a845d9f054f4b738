"""Whitelisted methods have types, docstrings and HTTP verbs, and scripts call only such methods."""

import ast

import pytest

from tests.unit.support import source
from tests.unit.support.javascript import parse
from tests.unit.support.paths import called_from, decorators, http_methods, incomplete_paths

SEARCH_ARGUMENTS = ["doctype", "txt", "searchfield", "start", "page_len", "filters"]
SANITISED = "frappe.validate_and_sanitize_search_inputs"
READS = {
	*("candidates", "find", "get", "list", "page", "count", "counts", "details", "query", "search", "has"),
	*("members", "participants", "preview", "proposal", "invitees", "costs"),
}

WHITELISTED = [
	pytest.param(node, id=f"{source.dotted(path)}.{node.name}")
	for path in source.python_files()
	for node in ast.walk(source.tree(path))
	if source.is_function(node) and http_methods(node) is not None
]
CALLS = [
	pytest.param(script, path, place, id=f"{script.stem}-{path}")
	for script in source.javascript_files()
	for path, place in called_from(script)
]

EACH_METHOD = pytest.mark.parametrize("function", WHITELISTED)
EACH_CALL = pytest.mark.parametrize(("script", "path", "place"), CALLS)


@EACH_METHOD
def test_a_method_has_type_annotations(function):
	"""Frappe checks arguments against their annotations, and accepts any value without one."""
	arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
	assert not [found.arg for found in arguments if found.annotation is None and found.arg != "self"]
	assert function.returns is not None
	assert function.args.kwarg is None, "**kwargs accepts any argument"


@EACH_METHOD
def test_a_method_checks_its_arguments(function):
	"""`api/arguments.py` refuses values that no document, date or number can have."""
	assert not function.args.args or "arguments.checked" in decorators(function)


@EACH_METHOD
def test_a_method_has_a_docstring(function):
	assert ast.get_docstring(function)


@EACH_METHOD
def test_a_method_names_its_verbs(function):
	"""Methods that write are POST only, so that links and images can't call them; guests may call none."""
	verbs = http_methods(function)
	assert verbs, "methods=[…] is missing"
	assert set(verbs) <= {"GET", "POST"}
	if "GET" in verbs:
		assert READS & set(function.name.split("_")), f"{function.name} does not have the name of a read"
	whitelist = decorators(function)["frappe.whitelist"]
	assert "allow_guest" not in {keyword.arg for keyword in whitelist.keywords}


@EACH_METHOD
def test_a_search_query_is_sanitised(function):
	"""Frappe's link search passes these six arguments; the decorator refuses SQL in the field name."""
	takes = [argument.arg for argument in function.args.args]
	assert (takes == SEARCH_ARGUMENTS) == (SANITISED in decorators(function))


def test_only_api_has_whitelisted_methods():
	assert WHITELISTED
	outside = [param.id for param in WHITELISTED if not param.id.startswith("crm_interactions.api.")]
	assert not outside


@EACH_CALL
def test_a_script_calls_an_existing_method(script, path, place):
	target = source.resolve(path)
	assert source.is_function(target), f"{source.relative(script)} calls {path}, which doesn't exist"
	assert http_methods(target) is not None, f"{path} isn't whitelisted"


@EACH_CALL
def test_a_script_uses_an_allowed_verb(script, path, place):
	"""`frappe.xcall` and `frappe.call` send POST by default, and Frappe refuses other verbs than those named."""
	function, arguments = parse(source.read(script)).enclosing_call(place)
	if function in ("frappe.xcall", "frappe.call"):  # Frappe's search calls a link query
		assert ("GET" if '"GET"' in arguments else "POST") in http_methods(source.resolve(path))


@pytest.mark.parametrize("script", source.javascript_files(), ids=lambda path: path.stem)
def test_a_script_has_only_complete_paths(script):
	"""A path completed at run time cannot be found when a method is renamed."""
	assert not incomplete_paths(script)
