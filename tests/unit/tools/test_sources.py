"""Reachable and unreachable sources, with repositories in temporary folders."""

import subprocess
from dataclasses import replace

import pytest

from tools import runtimes, sources
from tools.platforms import Platform, Source
from tools.say import Unavailable

FRAPPE = Source("frappe", "Frappe", "FRAPPE_REPO", "", "version-16")
PYPROJECT = '[project]\nname = "frappe"\nrequires-python = ">=3.14,<3.15"\n'
PACKAGE = '{"name": "frappe", "engines": {"node": ">=24"}}'


def git(folder, *arguments):
	who = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
	subprocess.run(["git", "-C", folder, *who, *arguments], check=True, capture_output=True)  # noqa: S603, S607  git in a temporary folder


@pytest.fixture
def frappe(tmp_path, monkeypatch):
	"""Return a source with the branch version-16, in a temporary folder."""
	monkeypatch.delenv("FRAPPE_REPO", raising=False)
	folder = tmp_path / "upstream"
	folder.mkdir()
	git(folder, "init", "--initial-branch=version-16")
	(folder / "pyproject.toml").write_text(PYPROJECT)
	(folder / "package.json").write_text(PACKAGE)
	git(folder, "add", ".")
	git(folder, "commit", "--message=one")
	return replace(FRAPPE, address=folder.as_uri())


def platform(*found):
	return Platform("test", "", "sqlite", tuple(found), 1)


def missing(tmp_path, **changes):
	return replace(FRAPPE, address=(tmp_path / "nowhere").as_uri(), **changes)


def test_a_reachable_source_is_found(frappe):
	assert sources.reachable(platform(frappe)) == [frappe]


def test_an_unreachable_source_is_refused_with_its_address_and_variable(tmp_path):
	with pytest.raises(Unavailable) as problem:
		sources.reachable(platform(missing(tmp_path)))
	refused = f"Frappe's source {tmp_path.as_uri()}/nowhere can't be reached."
	assert str(problem.value) == f"{refused} Set FRAPPE_REPO to another clone or mirror."


def test_a_source_without_the_branch_is_refused(frappe):
	with pytest.raises(Unavailable, match=r"has no branch or tag version-99\. Set FRAPPE_REPO"):
		sources.reachable(platform(replace(frappe, ref="version-99")))


def test_an_unreachable_optional_source_is_left_out(frappe, tmp_path, capsys):
	crm = missing(tmp_path, app="crm", title="Frappe CRM", variable="CRM_REPO", optional=True)
	assert sources.reachable(platform(frappe, crm)) == [frappe]
	assert "Frappe CRM" in capsys.readouterr().out


def test_the_environment_can_name_another_clone(frappe, tmp_path, monkeypatch):
	monkeypatch.setenv("FRAPPE_REPO", str(tmp_path / "upstream"))
	assert sources.reachable(platform(missing(tmp_path)))


def test_the_requirements_of_a_source_are_read(frappe, tmp_path):
	sources.clone_outline(frappe, tmp_path / "outline")
	assert runtimes.requirements(tmp_path / "outline") == (">=3.14,<3.15", ">=24")
