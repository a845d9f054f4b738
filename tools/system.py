"""Looks for system packages and installs what's missing, or says which line does."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterable

from tools import needs, run
from tools.paths import TOOL_LOGS
from tools.say import Failure, step


def provide(wanted: Iterable[needs.Need]) -> None:
	"""As root installs the missing packages with apt-get; otherwise stops with the one line to paste."""
	packages = missing(wanted)
	if not packages:
		return
	line = f"apt-get update && apt-get install --yes --no-install-recommends {' '.join(packages)}"
	if not shutil.which("apt-get"):
		raise Failure(f"These are missing and have to be installed first: {' '.join(packages)}")
	if os.geteuid() != 0:
		raise Failure(
			f"System packages are missing. Paste this line, then run the command again:\n  sudo sh -c '{line}'"
		)
	log = TOOL_LOGS / "apt.log"
	env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
	with step(f"Installing {' '.join(packages)}"):
		run.logged(["apt-get", "update"], log, env=env)
		run.logged(
			["apt-get", "install", "--yes", "--no-install-recommends", *packages],
			log,
			env=env,
			what=f"Installing {' '.join(packages)}",
		)


def missing(wanted: Iterable[needs.Need]) -> list[str]:
	return needs.missing(wanted, _has_command, _has_module, _has_package)


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
