"""Finds the Python and the Node that a source asks for on this machine, or brings them."""

from __future__ import annotations

import glob
import json
import os
import platform
import re
import sys
from pathlib import Path

from tools import run, toolenv, versions
from tools.paths import CACHE, NODE_TOOLS
from tools.say import Failure, Unavailable, step

# Prints the version only of an interpreter that can make environments, compile against itself and speak SQLite.
PROBE = """
import os, sys, sysconfig, venv, ensurepip, sqlite3, ssl
if os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")):
	print(".".join(map(str, sys.version_info[:3])), os.path.realpath(sys.executable))
"""


def python_for(requires: str, log: Path) -> Path:
	"""A Python that `requires-python` allows."""
	if choice := versions.choose_python(requires, _pythons()):
		return Path(choice[1])
	version = versions.python_to_bring(requires)
	if version is None:
		raise Failure(f"No Python version is known that satisfies {requires!r}.")
	env = {**os.environ, "UV_PYTHON_INSTALL_DIR": str(CACHE / "python")}
	try:
		with step(f"Bringing Python {version}, as this Frappe asks for {requires}"):
			run.logged([toolenv.tool("uv"), "python", "install", version], log, env=env)
	except Failure as problem:
		raise Unavailable(
			f"This Frappe asks for Python {requires}; none on this machine suits, and {version} can't be downloaded: "
			f"install Python {version}, or see {log}."
		) from problem
	found = run.answer([toolenv.tool("uv"), "python", "find", "--managed-python", version], env=env)
	if not found:
		raise Failure(f"Python {version} was installed but uv doesn't find it; see {log}.")
	return Path(found)


def node_for(engines: str, log: Path) -> Path | None:
	"""The folder with a Node that `engines.node` allows; None when the one on the path is such."""
	if versions.node_allows(engines, versions.parse(run.answer(["node", "--version"]) or "")):
		return None
	major = versions.node_to_bring(engines)
	if major is None:
		raise Failure(f"No Node version is known that satisfies {engines!r}.")
	# npm carries Node itself, one package for each kind of machine; unlike `node`, these need no install script.
	package = f"node-linux-{'arm64' if platform.machine() == 'aarch64' else 'x64'}"
	folder = NODE_TOOLS / f"{package}@{major}"
	command = folder / "node_modules" / package / "bin" / "node"
	if not command.exists():
		try:
			with step(f"Bringing Node {major}, as this Frappe asks for {engines}"):
				run.logged(["npm", "install", "--prefix", folder, "--no-save", f"{package}@{major}"], log)
		except Failure as problem:
			raise Unavailable(
				f"This Frappe asks for Node {engines}, and {major} can't be downloaded: install it, or see {log}."
			) from problem
	return command.parent


def _pythons() -> list[tuple[versions.Version, str]]:
	folders = [Path(folder) for folder in os.environ.get("PATH", os.defpath).split(":") if folder]
	folders += [Path.home() / ".pyenv", Path(os.environ.get("PYENV_ROOT", "/nonexistent"))]
	paths = {Path(sys.executable)}
	for folder in folders:
		# glob, as Path.glob stumbles over folders that may not be read
		paths.update(map(Path, glob.glob(f"{folder}/python3.[0-9]*")))
		paths.update(map(Path, glob.glob(f"{folder}/versions/*/bin/python3")))
	paths.update((CACHE / "python").glob("*/bin/python3"))
	found: dict[str, versions.Version] = {}
	for path in sorted(paths):
		if re.fullmatch(r"python3(\.\d+)?", path.name) and (
			told := run.answer([path, "-c", PROBE], timeout=20)
		):
			version, real = told.split(" ", 1)
			found[real] = versions.parse(version)
	return [(version, path) for path, version in found.items()]


def asked(frappe: Path) -> tuple[str, str]:
	"""What a clone of Frappe asks for: (requires-python, engines.node)."""
	text = run.answer(["git", "-C", frappe, "show", "HEAD:pyproject.toml"], timeout=120) or ""
	package = run.answer(["git", "-C", frappe, "show", "HEAD:package.json"], timeout=120) or "{}"
	# tomllib is there from Python 3.11 on only; the line has one form in every release.
	requires = re.search(r'^requires-python\s*=\s*["\']([^"\']+)["\']', text, re.MULTILINE)
	return (requires[1] if requires else ">=3.10", json.loads(package).get("engines", {}).get("node", ""))
