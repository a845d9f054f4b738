"""The tool's own Python environment and Node tools, in the cache folder."""

import os
import sys
from pathlib import Path

from tools import run
from tools.paths import BYTECODE, CHECKOUT, NODE_TOOLS, TOOL_ENV, TOOL_LOGS
from tools.say import step

REQUIREMENTS = CHECKOUT / "tools" / "requirements.txt"
YARN = "yarn@1.22.22"
PRETTIER = "prettier@3.6.2"
AXE = "axe-core@4.10.3"
# Variables that would make a child use another environment's packages, or, like PYTHONDONTWRITEBYTECODE, compile
# everything again in each worker process.
FOREIGN = (
	*("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "PYENV_VERSION", "VIRTUAL_ENV", "CONDA_PREFIX"),
	*("NODE_PATH", "FRAPPE_SITE"),
)


def provide() -> None:
	"""Make the environment, or update it if `requirements.txt` has changed."""
	done = TOOL_ENV / "requirements.done"
	wanted = REQUIREMENTS.read_text()
	if tool("python").exists() and done.exists() and done.read_text() == wanted:
		return
	log = TOOL_LOGS / "tools.log"
	with step("Installing the tools (frappe-bench, uv, ruff, pip-audit, pytest)"):
		# Updated in place, as another run may be using the environment.
		if not tool("python").exists():
			run.logged([sys.executable, "-m", "venv", TOOL_ENV], log)
		pip = [TOOL_ENV / "bin" / "python", "-m", "pip", "install", "--disable-pip-version-check"]
		run.logged([*pip, "--requirement", REQUIREMENTS], log, what="Installing the tools")
		done.write_text(wanted)


def tool(name: str) -> Path:
	return TOOL_ENV / "bin" / name


def node_tool(package: str) -> Path:
	"""Return the command of an npm package, given as `name@version`; install the package if it is missing."""
	return _npm_package(package, Path(".bin") / package.partition("@")[0])


def axe() -> Path:
	"""Return the script that checks a page for accessibility; install it if it is missing."""
	return _npm_package(AXE, Path("axe-core") / "axe.min.js")


def _npm_package(package: str, wanted: Path) -> Path:
	"""Return the file `wanted` of the modules that come with an npm package; install the package if it is missing."""
	folder = NODE_TOOLS / package.replace("/", "-")
	file = folder / "node_modules" / wanted
	if not file.exists():
		with step(f"Installing {package}"):
			run.logged(["npm", "install", "--prefix", folder, "--no-save", package], TOOL_LOGS / "npm.log")
	return file


def child_env(*first: Path) -> dict[str, str]:
	"""Return the environment of the tool's children, with these folders and the tool's own first on the path."""
	env = {name: value for name, value in os.environ.items() if name not in FOREIGN}
	folders = [*map(str, first), str(TOOL_ENV / "bin"), env.get("PATH", os.defpath), "/usr/sbin", "/sbin"]
	return {
		# Frappe's commands write UTF-8, whatever the shell's locale.
		"LANG": "C.UTF-8",
		**env,
		"PATH": ":".join(folders),
		"GIT_TERMINAL_PROMPT": "0",
		"PIP_DISABLE_PIP_VERSION_CHECK": "1",
		# Keeps compiled files out of the checkout and Frappe's sources.
		"PYTHONPYCACHEPREFIX": str(BYTECODE),
	}
