"""The environment of the tool's child processes."""

from tools import toolenv
from tools.paths import BYTECODE, CHECKOUT


def test_other_environments_packages_are_hidden(monkeypatch):
	monkeypatch.setenv("PYTHONPATH", "/elsewhere")
	assert "PYTHONPATH" not in toolenv.child_env()


def test_bytecode_is_kept_outside_the_checkout(monkeypatch):
	"""Without bytecode, a worker's fork spends three seconds on compiling Frappe for each job."""
	monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
	env = toolenv.child_env()
	assert "PYTHONDONTWRITEBYTECODE" not in env
	assert env["PYTHONPYCACHEPREFIX"] == str(BYTECODE)
	assert CHECKOUT not in BYTECODE.parents


def test_given_folders_come_first_on_the_path(tmp_path):
	assert toolenv.child_env(tmp_path)["PATH"].startswith(f"{tmp_path}:")
