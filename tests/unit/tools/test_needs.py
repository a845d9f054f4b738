"""Which system packages are missing, on machines that have some of them."""

from tools import needs
from tools.platforms import PLATFORMS


def missing(wanted, commands=(), modules=(), packages=()):
	return needs.missing(wanted, commands.__contains__, modules.__contains__, packages.__contains__)


def test_a_command_that_is_there_needs_no_package_whoever_installed_it():
	assert missing([needs.NODE], commands=["node", "npm"]) == []


def test_half_of_a_need_is_not_enough():
	assert missing([needs.NODE], commands=["node"]) == ["nodejs", "npm"]
	assert missing([needs.NODE], commands=["node"], packages=["nodejs"]) == ["npm"]


def test_what_leaves_no_command_is_looked_up_as_a_package():
	assert missing([needs.HEADERS]) == ["libmariadb-dev", "python3-dev"]
	assert missing([needs.HEADERS], packages=["libmariadb-dev", "python3-dev"]) == []


def test_any_browser_will_do():
	assert missing([needs.BROWSER], commands=["google-chrome"]) == []
	assert missing([needs.BROWSER]) == ["chromium-headless-shell | chromium"]


def test_the_first_package_that_can_be_had_is_taken():
	(package,) = needs.BROWSER.packages
	assert (
		needs.choose(package, ["chromium", "chromium-headless-shell"].__contains__)
		== "chromium-headless-shell"
	)
	assert needs.choose(package, ["chromium"].__contains__) == "chromium"
	assert needs.choose(package, [].__contains__) == "chromium"
	assert needs.choose("git", [].__contains__) == "git"


def test_environments_need_both_modules():
	assert missing([needs.VENV], modules=["venv"]) == ["python3-venv"]
	assert missing([needs.VENV], modules=["venv", "ensurepip"]) == []


def test_only_the_database_of_the_platform():
	assert "mariadb-server-core" in missing(needs.of_bench(PLATFORMS["v15-erpnext"]))
	assert "postgresql" in missing(needs.of_bench(PLATFORMS["v15-postgres"]))
	nothing_but_sqlite = missing(needs.of_bench(PLATFORMS["v16"]))
	assert not {"mariadb-server-core", "postgresql"} & set(nothing_but_sqlite)


def test_each_package_once():
	assert missing([needs.GIT, needs.GIT]) == ["git"]
