"""Optional system packages: installed where possible, and never a reason to fail."""

import pytest

from tools import needs, run, system
from tools.say import Failure


@pytest.fixture
def machine(commands, monkeypatch):
	"""Set up root on a machine without the headless shell, available in its sources. Return the recorded commands."""
	for name, answer in {"_has_command": False, "_has_package": False, "_is_available": True}.items():
		monkeypatch.setattr(system, name, lambda _name, answer=answer: answer)
	monkeypatch.setattr(system.os, "geteuid", lambda: 0)
	return commands


def test_root_installs_an_optional_package(machine):
	system.provide_if_possible([needs.HEADLESS])
	assert [command[-1] for command in machine] == ["chromium-headless-shell"]


def test_another_user_continues_without_the_package(machine, monkeypatch):
	monkeypatch.setattr(system.os, "geteuid", lambda: 1000)
	system.provide_if_possible([needs.HEADLESS])
	assert not machine


def test_an_unavailable_package_is_no_failure(machine, monkeypatch):
	monkeypatch.setattr(system, "_is_available", lambda name: False)
	system.provide_if_possible([needs.HEADLESS])
	assert not machine


def test_a_failed_installation_is_only_reported(machine, monkeypatch, capsys):
	def fail(*arguments, **more):
		raise Failure("no network")

	monkeypatch.setattr(run, "logged", fail)
	system.provide_if_possible([needs.HEADLESS])
	assert "chromium-headless-shell could not be installed" in capsys.readouterr().out


def test_the_headless_shell_is_preferred_to_other_browsers(monkeypatch):
	monkeypatch.setattr(system, "where", lambda name: f"/usr/bin/{name}")
	assert system.browser() == "/usr/bin/chromium-headless-shell"
