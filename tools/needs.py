"""Which Debian packages a job needs. Decides, doesn't act: `system` looks and installs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tools.platforms import Platform


@dataclass(frozen=True)
class Need:
	"""Packages, and the signs that what they bring is already there, by whatever means it was installed.

	`one | other` is the first of these that the system's sources have.
	"""

	packages: tuple[str, ...]
	commands: tuple[str, ...] = ()
	modules: tuple[str, ...] = ()
	any_command: tuple[str, ...] = ()


GIT = Need(("git",), commands=("git",))
VENV = Need(("python3-venv",), modules=("venv", "ensurepip"))
NODE = Need(("nodejs", "npm"), commands=("node", "npm"))
REDIS = Need(("redis-server",), commands=("redis-server", "redis-cli"))
# Frappe's own dependencies are compiled against these, whatever the database of the site.
COMPILER = Need(("build-essential", "pkg-config"), commands=("cc", "pkg-config"))
HEADERS = Need(("libmariadb-dev", "python3-dev"))
# The core package brings the server without a service: what runs is the tool's own, and nothing else on the machine.
MARIADB = Need(
	("mariadb-server-core", "mariadb-client"), commands=("mariadbd", "mariadb-install-db", "mariadb-dump")
)
POSTGRES = Need(("postgresql",))
# The first draws no window of its own, and takes two thirds of the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
BROWSER = Need(("chromium-headless-shell | chromium",), any_command=BROWSERS)
HEADLESS = Need(("chromium-headless-shell",), commands=("chromium-headless-shell",))
FONTS = Need(("fonts-noto-core",))


def of_bench(platform: Platform) -> list[Need]:
	database = {"mariadb": [MARIADB], "postgres": [POSTGRES]}.get(platform.database, [])
	return [GIT, VENV, NODE, REDIS, COMPILER, HEADERS, *database]


def of_browser() -> list[Need]:
	return [BROWSER, FONTS]


def missing(
	needs: Iterable[Need],
	has_command: Callable[[str], bool],
	has_module: Callable[[str], bool],
	has_package: Callable[[str], bool],
) -> list[str]:
	"""The packages to install: none for a need whose commands or modules are all there."""
	packages: list[str] = []
	for need in needs:
		signs = [has_command(name) for name in need.commands] + [has_module(name) for name in need.modules]
		signs += [any(has_command(name) for name in need.any_command)] if need.any_command else []
		if signs and all(signs):
			continue
		packages += [name for name in need.packages if name not in packages and not has_package(name)]
	return packages


def choose(package: str, available: Callable[[str], bool]) -> str:
	"""Return the first available one of `one | other`; the last if none is, for the message that it can't be had."""
	names = package.split(" | ")
	return next(filter(available, names), names[-1])
