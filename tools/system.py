"""Looks for system packages and installs what's missing, or says which line does."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterable

from tools import needs, run
from tools.paths import TOOL_LOGS
from tools.say import Failure, line, step

LOG = TOOL_LOGS / "apt.log"


def provide(wanted: Iterable[needs.Need]) -> None:
	"""As root installs the missing packages with apt-get; otherwise stops with the one line to paste."""
	packages = missing(wanted)
	if not packages:
		return
	names = " ".join(_chosen(packages))
	if not shutil.which("apt-get"):
		raise Failure(f"These are missing and have to be installed first: {names}")
	if os.geteuid() != 0:
		command = f"apt-get update && apt-get install --yes --no-install-recommends {names}"
		raise Failure(
			f"System packages are missing. Paste this line, then run the command again:\n  sudo sh -c '{command}'"
		)
	with step(f"Installing {names}"):
		run.logged(["apt-get", "update"], LOG, env=_env())
		_install(_chosen(packages))


def provide_if_possible(wanted: Iterable[needs.Need]) -> None:
	"""Install the packages that the system's sources have, as root; continue without the others."""
	packages = [package for package in missing(wanted) if _is_available(package)]
	if not packages or os.geteuid() != 0:
		return
	try:
		with step(f"Installing {' '.join(packages)}"):
			_install(packages)
	except Failure:
		line(f"It works without {' '.join(packages)}, but slower; see {LOG}.")


def _install(packages: list[str]) -> None:
	command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
	run.logged(command, LOG, env=_env(), what=f"Installing {' '.join(packages)}")


def _env() -> dict[str, str]:
	return {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


def missing(wanted: Iterable[needs.Need]) -> list[str]:
	"""Return the packages to install; of `one | other`, `packages` says which."""
	return needs.missing(wanted, _has_command, _has_module, _has_package)


def packages(wanted: Iterable[needs.Need]) -> list[str]:
	"""Return the names of the packages to install."""
	return _chosen(missing(wanted))


def _chosen(packages: Iterable[str]) -> list[str]:
	return [needs.choose(package, _is_available) for package in packages]


def _is_available(package: str) -> bool:
	told = run.answer(["apt-cache", "show", "--no-all-versions", package])
	return bool(told)


def browser() -> str:
	"""The path of the browser that the tests drive."""
	return next(filter(None, map(where, needs.BROWSERS)), "")


def where(command: str) -> str:
	"""The path of a command, also of one that only root has on the path; empty when it isn't there."""
	return shutil.which(command, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin") or ""


def _has_command(name: str) -> bool:
	return bool(where(name))


def _has_module(name: str) -> bool:
	return importlib.util.find_spec(name) is not None


def _has_package(name: str) -> bool:
	status = run.answer(["dpkg-query", "--show", "--showformat=${db:Status-Abbrev}", name])
	return status is not None and status.startswith("ii")
