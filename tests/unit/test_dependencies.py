"""Rules of imports, in addition to the order of layers (test_layers.py)."""

import ast
import subprocess
import sys

import pytest

from tests.unit.support.source import APP, MODULE, ROOT, dotted, imports, module_file, python_files, tree

# pure modules are marked in their docstrings
MARK = "Imports no Frappe"
PURE = [path for path in python_files() if MARK in (ast.get_docstring(tree(path)) or "")]
# dependencies of Frappe 15 and 16 (their pyproject.toml)
FRAPPES_DEPENDENCIES = {"PIL", "bleach", "bs4", "click", "markupsafe", "phonenumbers", "pypika", "weasyprint"}
# the app's dependencies (pyproject.toml)
OWN_DEPENDENCIES = {"icalendar", "mailparser_reply", "numpy", "scipy"}


def own_imports(path) -> set[str]:
	"""Return the app's files that a file imports, without the `__init__` of their packages."""
	names = [name for name in imports(tree(path)) if name.split(".")[0] == APP]
	return {module_file(name) or module_file(name.rpartition(".")[0]) for name in names} - {None}


@pytest.mark.parametrize("path", PURE, ids=dotted)
def test_pure_modules_import_no_frappe(path):
	assert not {name for name in imports(tree(path)) if name.split(".")[0] == "frappe"}
	assert own_imports(path) <= {*PURE}, "a pure module imports only pure modules"


def test_pure_modules_run_without_frappe():
	names = [dotted(path) for path in PURE]
	assert f"{APP}.parties.phone_match" in names
	script = "import sys; sys.modules['frappe'] = None; import " + ", ".join(names)
	done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)  # noqa: S603  this Python with the script above
	assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", sorted(MODULE.glob("doctype/*/*.py")), ids=dotted)
def test_controllers_dont_import_each_other(path):
	"""Code for several document types belongs to a domain package."""
	assert not {target for target in own_imports(path) if MODULE in target.parents and target != path}


def test_imported_packages_are_declared_dependencies():
	known = {*sys.stdlib_module_names, "frappe", APP, *FRAPPES_DEPENDENCIES, *OWN_DEPENDENCIES}
	found = {(path, name) for path in python_files() for name in imports(tree(path), for_types=True)}
	assert not [(dotted(path), name) for path, name in found if name.split(".")[0] not in known]


def test_imports_have_no_cycles():
	waiting = {path: own_imports(path) - {path} for path in python_files()}
	while ready := {path for path, needs in waiting.items() if not needs & waiting.keys()}:
		waiting = {path: needs for path, needs in waiting.items() if path not in ready}
	assert not sorted(dotted(path) for path in waiting)
