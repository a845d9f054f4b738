"""System packages that are merely useful: installed where that's possible, and never in the way."""

import pytest

from tools import needs, run, system
from tools.say import Failure


@pytest.fixture
def machine(monkeypatch):
	"""A machine of root's without the headless shell, whose sources have it; returns the commands that were run."""
	ran = []
	monkeypatch.setattr(system, "_has_command", lambda name: False)
	monkeypatch.setattr(system, "_has_package", lambda name: False)
	monkeypatch.setattr(system, "_is_available", lambda name: True)
	monkeypatch.setattr(system.os, "geteuid", lambda: 0)
	monkeypatch.setattr(run, "logged", lambda command, log, **_: ran.append(command))
	return ran


def test_root_installs_it(machine):
	system.provide_if_possible([needs.HEADLESS])
	assert [command[-1] for command in machine] == ["chromium-headless-shell"]


def test_another_user_is_asked_for_nothing(machine, monkeypatch):
	monkeypatch.setattr(system.os, "geteuid", lambda: 1000)
	system.provide_if_possible([needs.HEADLESS])
	assert not machine


def test_sources_without_it_are_no_failure(machine, monkeypatch):
	monkeypatch.setattr(system, "_is_available", lambda name: False)
	system.provide_if_possible([needs.HEADLESS])
	assert not machine


def test_an_installation_that_fails_is_said_and_stops_nothing(machine, monkeypatch, capsys):
	def fail(*arguments, **more):
		raise Failure("no network")

	monkeypatch.setattr(run, "logged", fail)
	system.provide_if_possible([needs.HEADLESS])
	assert "works without chromium-headless-shell" in capsys.readouterr().out


def test_the_headless_shell_comes_first(monkeypatch):
	monkeypatch.setattr(system, "where", lambda name: f"/usr/bin/{name}")
	assert system.browser() == "/usr/bin/chromium-headless-shell"
