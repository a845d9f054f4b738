"""The Debian packages that each job needs. Pure: `system` queries the machine and installs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tools.platforms import Platform


@dataclass(frozen=True)
class Need:
	"""Packages, and the commands and modules that show that they, or another installation of them, are present.

	`one | other` stands for the first of these packages that the system's sources have.
	"""

	packages: tuple[str, ...]
	commands: tuple[str, ...] = ()
	modules: tuple[str, ...] = ()
	any_command: tuple[str, ...] = ()


GIT = Need(("git",), commands=("git",))
VENV = Need(("python3-venv",), modules=("venv", "ensurepip"))
NODE = Need(("nodejs", "npm"), commands=("node", "npm"))
REDIS = Need(("redis-server",), commands=("redis-server", "redis-cli"))
# Frappe's dependencies are compiled against these headers, whatever the site's database.
COMPILER = Need(("build-essential", "pkg-config"), commands=("cc", "pkg-config"))
HEADERS = Need(("libmariadb-dev", "python3-dev"))
# The core package has the server without a system service: the tool starts its own server.
MARIADB = Need(
	("mariadb-server-core", "mariadb-client"), commands=("mariadbd", "mariadb-install-db", "mariadb-dump")
)
POSTGRES = Need(("postgresql",))
# The headless shell comes first: it takes two thirds of the time of a full browser.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
BROWSER = Need(("chromium-headless-shell | chromium",), any_command=BROWSERS)
HEADLESS = Need(("chromium-headless-shell",), commands=("chromium-headless-shell",))
# Debian has no package without a system service; the tests start a server of their own.
IMAP = Need(("dovecot-imapd",), commands=("dovecot",))
FONTS = Need(("fonts-noto-core",))


def of_bench(platform: Platform) -> list[Need]:
	database = {"mariadb": [MARIADB], "postgres": [POSTGRES]}.get(platform.database, [])
	return [GIT, VENV, NODE, REDIS, COMPILER, HEADERS, *database]


def of_mail() -> list[Need]:
	return [IMAP]


def of_browser() -> list[Need]:
	return [BROWSER, FONTS]


def missing(
	needs: Iterable[Need],
	has_command: Callable[[str], bool],
	has_module: Callable[[str], bool],
	has_package: Callable[[str], bool],
) -> list[str]:
	"""Return the packages to install: none for a need whose commands and modules are all present."""
	packages: list[str] = []
	for need in needs:
		signs = [has_command(name) for name in need.commands] + [has_module(name) for name in need.modules]
		signs += [any(has_command(name) for name in need.any_command)] if need.any_command else []
		if signs and all(signs):
			continue
		packages += [name for name in need.packages if name not in packages and not has_package(name)]
	return packages


def choose(package: str, available: Callable[[str], bool]) -> str:
	"""Return the first available package of `one | other`, or the last, so that its installation reports the error."""
	names = package.split(" | ")
	return next(filter(available, names), names[-1])
