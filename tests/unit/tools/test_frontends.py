"""The pages of apps with a front end of their own are built once, and a failed build stops nothing."""

import pytest

from tools import frontends, run
from tools.platforms import PLATFORMS, Platform
from tools.say import Failure

CRM = PLATFORMS["v15-erpnext"].sources[-1]


@pytest.fixture
def crm_bench(bench):
	bench.platform = Platform("v15", "", "mariadb", (*bench.platform.sources, CRM), 1)
	bench.apps = ["frappe", "crm"]
	(bench.places.bench / "apps" / "crm").mkdir(parents=True)
	return bench


def make_page(bench):
	page = bench.places.bench / "apps" / "crm" / CRM.page
	page.parent.mkdir(parents=True)
	page.touch()


def test_pages_are_missing_until_they_are_built(crm_bench):
	assert frontends.missing(crm_bench) == [CRM]
	make_page(crm_bench)
	assert not frontends.missing(crm_bench)


def test_an_app_that_the_bench_lacks_has_no_pages(crm_bench):
	crm_bench.apps = ["frappe"]
	assert not frontends.missing(crm_bench)


def test_an_app_in_the_desk_has_no_pages_of_its_own(crm_bench):
	crm_bench.platform = PLATFORMS["v16"]
	assert not frontends.missing(crm_bench)


@pytest.mark.parametrize("folders", [[""], ["", "frontend"]], ids=["workspace", "apart"])
def test_packages_are_installed_for_the_build_only(crm_bench, commands, folders):
	app = crm_bench.places.bench / "apps" / "crm"
	for folder in folders:
		(app / folder / "node_modules").mkdir(parents=True)
		(app / folder / "yarn.lock").touch()
	frontends.build(crm_bench, CRM)
	steps = [command[:2] for command in commands]
	assert steps == [*[["yarn", "install"]] * len(folders), ["yarn", "build"]]
	assert not [*app.glob("**/node_modules")]


def test_after_a_failed_build_the_run_goes_on(crm_bench, monkeypatch, capsys):
	def fail(*_arguments, **_values):
		raise Failure("yarn install failed")

	monkeypatch.setattr(run, "logged", fail)
	frontends.build(crm_bench, CRM)
	shown = capsys.readouterr().out
	assert "yarn install failed" in shown
	assert "Continuing without the pages of Frappe CRM" in shown
