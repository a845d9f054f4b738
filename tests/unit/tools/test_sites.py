"""Site templates: rebuilt when the wizard's answers change, and never made from a failed wizard."""

import json

import pytest

from tools import run, sites
from tools.say import Failure
from tools.services import Services


@pytest.fixture
def scripts(tmp_path, monkeypatch):
	"""Return a folder of stand-ins for the scripts that run in the bench."""
	folder = tmp_path / "inside"
	folder.mkdir()
	for name in sites.WIZARD_SCRIPTS:
		(folder / name).write_text("")
	monkeypatch.setattr(sites, "INSIDE", folder)
	return folder


def test_every_script_in_the_bench_belongs_to_the_wizard():
	assert {*sites.WIZARD_SCRIPTS} == {path.name for path in sites.INSIDE.glob("*.py")} - {"__init__.py"}


def test_the_name_of_a_template_depends_on_each_script(scripts, bench, monkeypatch):
	monkeypatch.setattr(sites, "_make_template", lambda services, folder: None)
	names = [sites._template(Services(bench)).name]
	for name in sites.WIZARD_SCRIPTS:
		(scripts / name).write_text("changed = 1\n")
		names.append(sites._template(Services(bench)).name)
	assert len({*names}) == len(names)


def test_a_template_is_rebuilt_in_a_new_year(scripts, bench, monkeypatch):
	monkeypatch.setattr(sites, "_make_template", lambda services, folder: None)
	names = set()
	for year in (2026, 2027):
		monkeypatch.setattr(sites, "_year", lambda year=year: year)
		names.add(sites._template(Services(bench)).name)
	assert len(names) == 2


def test_each_time_zone_has_a_template(scripts, bench, monkeypatch):
	monkeypatch.setattr(sites, "_make_template", lambda services, folder: None)
	names = set()
	for zone in ("Asia/Tokyo", "America/New_York"):
		monkeypatch.setenv(sites.ZONE, zone)
		names.add(sites._template(Services(bench)).name)
	assert len(names) == 2


def test_the_wizard_receives_the_answers(scripts, bench, tmp_path):
	(scripts / sites.WIZARD_SCRIPTS[0]).write_text("import sys\nprint(sys.argv[1:])\n")
	sites.answer_wizard(bench, "new.localhost", tmp_path / "log", country="France")
	assert str(["new.localhost", json.dumps({"country": "France"})]) in (tmp_path / "log").read_text()


def test_a_failed_wizard_leaves_no_template(scripts, bench, monkeypatch):
	(scripts / sites.WIZARD_SCRIPTS[0]).write_text("raise SystemExit('Unknown column abbr')\n")
	logged = run.logged
	# only the wizard's script runs, as new-site needs a real bench
	wizard = str(scripts / sites.WIZARD_SCRIPTS[0])
	monkeypatch.setattr(
		run, "logged", lambda command, log, **how: wizard in map(str, command) and logged(command, log, **how)
	)
	with pytest.raises(Failure) as failure:
		sites._template(Services(bench))
	log = bench.places.logs / "template.log"
	assert "The setup wizard failed with exit code 1:\n  Unknown column abbr\n" in str(failure.value)
	assert str(failure.value).endswith(f"Full log: {log}")
	assert not bench.places.templates.exists()
