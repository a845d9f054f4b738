"""`make lint`: ruff and prettier on everything, changing nothing, and what is known of the dependencies; `make format` lets
the first two change files."""

from __future__ import annotations

from pathlib import Path

from tools import audit, needs, ready, run, system, toolenv
from tools.paths import APP, CHECKOUT
from tools.say import line
from tools.settings import Settings

SKIPPED = ("node_modules", "dist")


def main(settings: Settings) -> int:
	findings = _run(["check"], ["format", "--check"], ["--check"])
	findings |= audit.audit()
	line("lint: findings above, of which `make format` mends most" if findings else "lint: nothing found")
	return 1 if findings else 0


def mend(settings: Settings) -> int:
	"""`make format`: the same tools, changing what they can."""
	return 1 if _run(["check", "--fix"], ["format"], ["--write", "--log-level=warn"]) else 0


def _run(check: list[str], layout: list[str], javascript_layout: list[str]) -> bool:
	"""Runs all of them, also after one has found something; whether any did."""
	system.provide([needs.NODE])
	ready.tools_ready()
	ruff = toolenv.tool("ruff")
	commands: list[list[str | Path]] = [[ruff, *check, "."], [ruff, *layout, "."]]
	if scripts := javascript(CHECKOUT):
		commands.append([toolenv.node_tool(toolenv.PRETTIER), *javascript_layout, *scripts])
	codes = [run.shown(command, cwd=CHECKOUT, env=toolenv.child_env()) for command in commands]
	return any(codes)


def javascript(checkout: Path) -> list[Path]:
	"""The JavaScript that is ours to format."""
	found = [*(checkout / APP).rglob("*.js"), *(checkout / "tests").rglob("*.mjs")]
	return sorted(
		path.relative_to(checkout)
		for path in found
		if not set(SKIPPED) & set(path.relative_to(checkout).parts)
	)
