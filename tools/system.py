"""Find missing system packages; install them or tell the user the command that does."""

import importlib.util
import os
import shutil
from collections.abc import Iterable

from tools import needs, run
from tools.paths import TOOL_LOGS
from tools.say import Failure, line, step

LOG = TOOL_LOGS / "apt.log"


def provide(wanted: Iterable[needs.Need]) -> None:
	"""Install the missing packages with apt-get as root; otherwise raise Failure with the command to run."""
	packages = missing(wanted)
	if not packages:
		return
	names = " ".join(_chosen(packages))
	if not shutil.which("apt-get"):
		raise Failure(f"System packages are missing. Install them first: {names}")
	if os.geteuid() != 0:
		command = f"apt-get update && apt-get install --yes --no-install-recommends {names}"
		raise Failure(
			f"System packages are missing. Run this line, then try again:\n  sudo sh -c '{command}'"
		)
	with step(f"Installing {names}"):
		run.logged(["apt-get", "update"], LOG, env=_env())
		_install(_chosen(packages))


def provide_if_possible(wanted: Iterable[needs.Need]) -> None:
	"""As root, install those missing packages that the system's sources have; a failure is only reported."""
	packages = [package for package in missing(wanted) if _is_available(package)]
	if not packages or os.geteuid() != 0:
		return
	try:
		with step(f"Installing {' '.join(packages)}"):
			_install(packages)
	except Failure:
		line(f"{' '.join(packages)} could not be installed. Tests run more slowly without it. See {LOG}.")


def _install(packages: list[str]) -> None:
	command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
	run.logged(command, LOG, env=_env(), what=f"Installing {' '.join(packages)}")


def _env() -> dict[str, str]:
	return {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


def missing(wanted: Iterable[needs.Need]) -> list[str]:
	"""Return the packages to install, with `one | other` as it stands; `packages` chooses between them."""
	return needs.missing(wanted, _has_command, _has_module, _has_package)


def packages(wanted: Iterable[needs.Need]) -> list[str]:
	"""Return the names of the packages to install."""
	return _chosen(missing(wanted))


def _chosen(packages: Iterable[str]) -> list[str]:
	return [needs.choose(package, _is_available) for package in packages]


def _is_available(package: str) -> bool:
	return bool(run.answer(["apt-cache", "show", "--no-all-versions", package]))


def browser() -> str:
	"""Return the path of the tests' browser, or an empty string."""
	return next(filter(None, map(where, needs.BROWSERS)), "")


def where(command: str) -> str:
	"""Return the path of a command, searching root's folders too, or an empty string."""
	return shutil.which(command, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin") or ""


def _has_command(name: str) -> bool:
	return bool(where(name))


def _has_module(name: str) -> bool:
	return importlib.util.find_spec(name) is not None


def _has_package(name: str) -> bool:
	status = run.answer(["dpkg-query", "--show", "--showformat=${db:Status-Abbrev}", name])
	return status is not None and status.startswith("ii")
