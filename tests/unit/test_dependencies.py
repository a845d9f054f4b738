"""What modules import beyond the order of layers (test_layers.py)."""

import ast
import subprocess
import sys

import pytest
from support.source import APP, MODULE, ROOT, dotted, imports, module_file, python_files, tree

# a module says of itself that it is pure; from then on it has to be
MARK = "Imports no Frappe"
PURE = [path for path in python_files() if MARK in (ast.get_docstring(tree(path)) or "")]
# brought by Frappe 15 and 16 themselves (their pyproject.toml)
BROUGHT_BY_FRAPPE = {"click", "bleach", "bs4", "phonenumbers", "pypika"}
# pyproject.toml's own dependencies
BROUGHT_ALONG = {"icalendar"}


def own_imports(path) -> set[str]:
	"""Return the files of the app that a file imports, `__init__` of their packages left out."""
	found = set()
	for name in imports(tree(path)):
		target = module_file(name) or module_file(name.rpartition(".")[0])
		if name.split(".")[0] == APP and target:
			found.add(target)
	return found


@pytest.mark.parametrize("path", PURE, ids=dotted)
def test_pure_modules_import_no_frappe(path):
	assert not {name for name in imports(tree(path)) if name.split(".")[0] == "frappe"}
	assert own_imports(path) <= {*PURE}, "a pure module builds on pure modules only"


def test_pure_modules_run_without_frappe():
	"""The mark is on the modules that have to work without a platform, and they do."""
	names = [dotted(path) for path in PURE]
	assert f"{APP}.parties.phone_match" in names
	script = "import sys; sys.modules['frappe'] = None; import " + ", ".join(names)
	done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)  # noqa: S603  this Python with the script above
	assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", sorted(MODULE.glob("doctype/*/*.py")), ids=dotted)
def test_controllers_leave_each_other_alone(path):
	"""What spans documents lives in a domain package."""
	others = {target for target in own_imports(path) if MODULE in target.parents and target != path}
	assert not others


def test_modules_are_on_the_machine():
	"""Everything that is imported is Python's, Frappe's, the app's or comes with Frappe."""
	known = {*sys.stdlib_module_names, "frappe", APP, *BROUGHT_BY_FRAPPE, *BROUGHT_ALONG}
	assert not [
		f"{dotted(path)} imports {name}"
		for path in python_files()
		for name in imports(tree(path), for_types=True)
		if name.split(".")[0] not in known
	]


def test_imports_do_not_go_round():
	"""No cycle between modules: each can be read, and tested, after the ones that it stands on."""
	waiting = {path: own_imports(path) - {path} for path in python_files()}
	while ready := {path for path, needs in waiting.items() if not needs & waiting.keys()}:
		waiting = {path: needs for path, needs in waiting.items() if path not in ready}
	assert not sorted(dotted(path) for path in waiting)
