"""Find the Python and the Node that a source requires on this machine, or download them."""

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

# Prints a version only if the interpreter can make environments, has its headers and supports SQLite.
PROBE = """
import os, sys, sysconfig, venv, ensurepip, sqlite3, ssl
if os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")):
	print(".".join(map(str, sys.version_info[:3])), os.path.realpath(sys.executable))
"""


def python_for(requires: str, log: Path) -> Path:
	"""Return a Python that `requires-python` allows; uv installs one if the machine has none."""
	if choice := versions.choose_python(requires, _pythons()):
		return Path(choice[1])
	version = versions.python_to_install(requires)
	if version is None:
		raise Failure(f"No known Python version satisfies {requires!r}. Add it to tools/versions.py.")
	env = {**os.environ, "UV_PYTHON_INSTALL_DIR": str(CACHE / "python")}
	try:
		with step(f"Installing Python {version}, as Frappe requires {requires}"):
			run.logged([toolenv.tool("uv"), "python", "install", version], log, env=env)
	except Failure as problem:
		raise Unavailable(
			f"Frappe requires Python {requires}. This machine has none, and {version} can't be downloaded. "
			f"Install Python {version}, or see {log}."
		) from problem
	found = run.answer([toolenv.tool("uv"), "python", "find", "--managed-python", version], env=env)
	if not found:
		raise Failure(f"Python {version} was installed, but uv doesn't find it. See {log}.")
	return Path(found)


def node_for(engines: str, log: Path) -> Path | None:
	"""Return the folder of a Node that `engines.node` allows, or None if the one on the path is allowed."""
	if versions.node_allows(engines, versions.parse(run.answer(["node", "--version"]) or "")):
		return None
	major = versions.node_to_install(engines)
	if major is None:
		raise Failure(f"No known Node version satisfies {engines!r}. Add it to tools/versions.py.")
	# npm has a package of Node for each architecture, which needs no install script, unlike the package `node`.
	package = f"node-linux-{'arm64' if platform.machine() == 'aarch64' else 'x64'}"
	folder = NODE_TOOLS / f"{package}@{major}"
	command = folder / "node_modules" / package / "bin" / "node"
	if not command.exists():
		try:
			with step(f"Installing Node {major}, as Frappe requires {engines}"):
				run.logged(["npm", "install", "--prefix", folder, "--no-save", f"{package}@{major}"], log)
		except Failure as problem:
			raise Unavailable(
				f"Frappe requires Node {engines}, and {major} can't be downloaded. Install it, or see {log}."
			) from problem
	return command.parent


def _pythons() -> list[tuple[versions.Version, str]]:
	folders = [Path(folder) for folder in os.environ.get("PATH", os.defpath).split(":") if folder]
	folders += [Path.home() / ".pyenv", Path(os.environ.get("PYENV_ROOT", "/nonexistent"))]
	paths = {Path(sys.executable)}
	for folder in folders:
		# not Path.glob, which fails on unreadable folders
		paths.update(map(Path, glob.glob(f"{folder}/python3.[0-9]*")))
		paths.update(map(Path, glob.glob(f"{folder}/versions/*/bin/python3")))
	paths.update((CACHE / "python").glob("*/bin/python3"))
	found: dict[str, versions.Version] = {}
	for path in sorted(paths):
		if re.fullmatch(r"python3(\.\d+)?", path.name) and (
			output := run.answer([path, "-c", PROBE], timeout=20)
		):
			version, real = output.split(" ", 1)
			found[real] = versions.parse(version)
	return [(version, path) for path, version in found.items()]


def requirements(frappe: Path) -> tuple[str, str]:
	"""Return (requires-python, engines.node) of a clone of Frappe."""
	text = run.answer(["git", "-C", frappe, "show", "HEAD:pyproject.toml"], timeout=120) or ""
	package = run.answer(["git", "-C", frappe, "show", "HEAD:package.json"], timeout=120) or "{}"
	# tomllib needs Python 3.11; the line has the same form in every release.
	requires = re.search(r'^requires-python\s*=\s*["\']([^"\']+)["\']', text, re.MULTILINE)
	return (requires[1] if requires else ">=3.10", json.loads(package).get("engines", {}).get("node", ""))
