"""Missing system packages on machines that have some of them."""

from tools import needs
from tools.platforms import PLATFORMS


def missing(wanted, commands=(), modules=(), packages=()):
	return needs.missing(wanted, commands.__contains__, modules.__contains__, packages.__contains__)


def test_a_command_on_the_path_needs_no_package():
	assert missing([needs.NODE], commands=["node", "npm"]) == []


def test_a_need_is_met_only_by_all_its_commands():
	assert missing([needs.NODE], commands=["node"]) == ["nodejs", "npm"]
	assert missing([needs.NODE], commands=["node"], packages=["nodejs"]) == ["npm"]


def test_a_need_without_commands_is_met_by_its_packages():
	assert missing([needs.HEADERS]) == ["libmariadb-dev", "python3-dev"]
	assert missing([needs.HEADERS], packages=["libmariadb-dev", "python3-dev"]) == []


def test_any_browser_is_accepted():
	assert missing([needs.BROWSER], commands=["google-chrome"]) == []
	assert missing([needs.BROWSER]) == ["chromium-headless-shell | chromium"]


def test_the_first_available_package_is_chosen():
	(package,) = needs.BROWSER.packages
	both = ["chromium", "chromium-headless-shell"]
	assert needs.choose(package, both.__contains__) == "chromium-headless-shell"
	assert needs.choose(package, ["chromium"].__contains__) == "chromium"
	assert needs.choose(package, [].__contains__) == "chromium"
	assert needs.choose("git", [].__contains__) == "git"


def test_virtual_environments_need_both_modules():
	assert missing([needs.VENV], modules=["venv"]) == ["python3-venv"]
	assert missing([needs.VENV], modules=["venv", "ensurepip"]) == []


def test_a_bench_needs_only_the_database_of_its_platform():
	assert "mariadb-server-core" in missing(needs.of_bench(PLATFORMS["v15-erpnext"]))
	assert "postgresql" in missing(needs.of_bench(PLATFORMS["v15-postgres"]))
	on_sqlite = missing(needs.of_bench(PLATFORMS["v16"]))
	assert not {"mariadb-server-core", "postgresql"} & set(on_sqlite)


def test_a_package_is_listed_once():
	assert missing([needs.GIT, needs.GIT]) == ["git"]
