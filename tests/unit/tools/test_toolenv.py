"""The environment of the tool's children."""

from tools import toolenv
from tools.paths import BYTECODE, CHECKOUT


def test_another_environments_packages_are_left_out(monkeypatch):
	monkeypatch.setenv("PYTHONPATH", "/elsewhere")
	assert "PYTHONPATH" not in toolenv.child_env()


def test_what_is_compiled_is_kept_and_outside_the_checkout(monkeypatch):
	"""A worker's fork that may not keep it compiles three seconds' worth of the platform for each job."""
	monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
	env = toolenv.child_env()
	assert "PYTHONDONTWRITEBYTECODE" not in env
	assert env["PYTHONPYCACHEPREFIX"] == str(BYTECODE)
	assert CHECKOUT not in BYTECODE.parents


def test_given_folders_come_first_on_the_path(tmp_path):
	assert toolenv.child_env(tmp_path)["PATH"].startswith(f"{tmp_path}:")
