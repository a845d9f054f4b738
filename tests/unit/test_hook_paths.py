"""Dotted paths in hooks.py, patches.txt and the Python code exist."""

import ast

import pytest

from tests.unit.support import source
from tests.unit.support.doctypes import OPTIONAL_APPS, catalogue
from tests.unit.support.paths import hooked_paths, hooks, is_path, is_unresolved, strings
from tests.unit.support.source import APP, PACKAGE

TEXT = source.read(PACKAGE / "hooks.py")
# hooks whose paths are classes
CLASS_HOOKS = {"override_doctype_class", "extend_doctype_class"}
EVENTS = {
	*(
		"before_insert",
		"after_insert",
		"before_validate",
		"validate",
		"before_save",
		"on_update",
		"on_change",
	),
	*("before_rename", "after_rename", "on_trash", "after_delete", "before_submit", "on_submit"),
	*("before_cancel", "on_cancel", "on_update_after_submit"),
}
SCHEDULES = {
	*("all", "hourly", "hourly_long", "hourly_maintenance", "daily", "daily_long", "daily_maintenance"),
	*("weekly", "weekly_long", "monthly", "monthly_long", "cron"),
}
HANDLERS = [
	(doctype, event, path)
	for key, events in hooks().get("doc_events", {}).items()
	for doctype in (key if isinstance(key, tuple) else (key,))
	for event, paths in events.items()
	for path in strings([paths])
]


def test_hooks_are_short_and_only_literals():
	assert len(TEXT.splitlines()) < 180
	assert not [node for node in source.tree(PACKAGE / "hooks.py").body if not isinstance(node, ast.Assign)]


def test_hooks_have_no_commented_out_examples():
	"""Frappe's template has examples of every hook in comments; they belong to its documentation."""
	assert not [line for line in TEXT.splitlines() if line.startswith("# ") and "=" in line]


def test_fixtures_are_not_imported_by_migrate():
	"""Migrate would import records in `fixtures` again and overwrite an administrator's changes (R11)."""
	assert "fixtures" not in hooks()
	assert not list((PACKAGE / "fixtures").glob("*.json"))


@pytest.mark.parametrize("path", hooked_paths())
def test_a_hooked_path_is_a_function_or_class(path):
	classes = {text for key in CLASS_HOOKS for text in strings(hooks().get(key, {}))}
	target = source.resolve(path)
	assert isinstance(target, ast.ClassDef) if path in classes else source.is_function(target)


@pytest.mark.parametrize("text", [text for text in strings(hooks()) if text.startswith("/assets/")])
def test_an_asset_exists(text):
	app, _, file = text.removeprefix("/assets/").partition("/")
	assert app == APP
	assert (PACKAGE / "public" / file).is_file()


@pytest.mark.parametrize("hook", ["app_include_js", "app_include_css", "doctype_js", "doctype_list_js"])
def test_scripts_and_styles_exist(hook):
	for text in strings(hooks().get(hook, [])):
		# style sheets are built from Sass
		sources = (text, text.replace(".css", ".scss")) if text.endswith(".css") else (text,)
		built = [file for source in sources for file in (PACKAGE / "public").rglob(source)]
		found = built if ".bundle." in text else [PACKAGE / text]
		assert len(found) == 1, text
		assert found[0].is_file(), text


@pytest.mark.parametrize(("doctype", "event", "path"), HANDLERS)
def test_a_handler_is_named_after_its_event_and_starts_with_a_guard(doctype, event, path):
	assert doctype == "*" or catalogue().exists(doctype) or doctype in OPTIONAL_APPS
	assert event in EVENTS
	handler = source.resolve(path)
	assert handler.name == event
	assert is_guarded(handler, path), f"{path} has no guard in its first line"
	assert len(handler.args.args) >= 2, f"{path} must take the document and the event's name"


def is_guarded(function, path: str) -> bool:
	"""Return True if a function starts with an `if`, or with a call of a function in its module that does."""
	first = function.body[1 if ast.get_docstring(function) else 0]
	called = first.value if isinstance(first, ast.Expr) else None
	if isinstance(called, ast.Call) and isinstance(called.func, ast.Name):
		helper = source.resolve(f"{path.rpartition('.')[0]}.{called.func.id}")
		return source.is_function(helper) and isinstance(helper.body[0], ast.If)
	return isinstance(first, ast.If)


def test_scheduler_events_are_known_to_frappe():
	assert hooks().get("scheduler_events", {}).keys() <= SCHEDULES


@pytest.mark.parametrize("doctype", [row["doctype"] for row in hooks()["global_search_doctypes"]["Default"]])
def test_a_doctype_in_the_global_search_has_a_searched_field(doctype):
	assert [field for field in catalogue().own[doctype]["fields"] if field.get("in_global_search")]


def test_the_apps_screen_uses_the_apps_permission_check():
	tile = hooks()["add_to_apps_screen"][0]
	assert tile["name"] == hooks()["app_name"] == APP
	assert tile["has_permission"] in hooked_paths()


def test_patches_are_listed_once_and_have_an_execute_function():
	lines = [line.strip() for line in source.read(PACKAGE / "patches.txt").splitlines()]
	lines = [line for line in lines if line and not line.startswith("#")]
	assert [line for line in lines if line.startswith("[")] == ["[pre_model_sync]", "[post_model_sync]"]
	patches = [line.split(maxsplit=1)[0] for line in lines if not line.startswith("[")]
	assert len(patches) == len(set(patches))
	for patch in patches:
		assert source.module_file(patch), patch
		assert source.is_function(source.resolve(f"{patch}.execute")), patch


def test_every_patch_is_listed():
	written = [path for path in (PACKAGE / "patches").rglob("*.py") if path.name != "__init__.py"]
	listed = source.read(PACKAGE / "patches.txt")
	assert not [source.relative(path) for path in written if path.stem not in listed]


def test_paths_in_strings_of_python_code_exist():
	"""Jobs, queries and methods are named by such paths."""
	missing = [
		f"{source.relative(path)}:{node.lineno}: {node.value}"
		for path in source.python_files()
		for node in ast.walk(source.tree(path))
		if isinstance(node, ast.Constant) and isinstance(node.value, str)
		if is_path(node.value) and is_unresolved(node.value)
	]
	assert not missing


def test_the_module_is_where_frappe_looks():
	assert source.read(PACKAGE / "modules.txt").split("\n")[0] == "CRM Interactions"
	assert (PACKAGE / APP / "__init__.py").is_file()
