"""`make lint`: check all files with ruff and prettier, the prose, and the dependencies with pip-audit, without changes.
`make format`: let ruff and prettier change files."""

from pathlib import Path

from tools import audit, needs, prose, ready, run, system, toolenv
from tools.paths import APP, CHECKOUT
from tools.say import line
from tools.settings import Settings

SKIPPED = ("node_modules", "dist")


def main(settings: Settings) -> int:
	findings = _run(["check"], ["format", "--check"], ["--check"])
	findings |= prose.has_too_many()
	findings |= audit.audit()
	line("lint: findings above; `make format` fixes most of them" if findings else "lint: nothing found")
	return 1 if findings else 0


def fix(settings: Settings) -> int:
	"""`make format`: let the linters fix the findings that they can."""
	return 1 if _run(["check", "--fix"], ["format"], ["--write", "--log-level=warn"]) else 0


def _run(check: list[str], layout: list[str], javascript_layout: list[str]) -> bool:
	"""Run every linter, even after findings of an earlier one. Return True if any has findings."""
	system.provide([needs.NODE])
	ready.tools_ready()
	ruff = toolenv.tool("ruff")
	commands: list[list[str | Path]] = [[ruff, *check, "."], [ruff, *layout, "."]]
	if scripts := javascript(CHECKOUT):
		commands.append([toolenv.node_tool(toolenv.PRETTIER), *javascript_layout, *scripts])
	codes = [run.shown(command, cwd=CHECKOUT, env=toolenv.child_env()) for command in commands]
	return any(codes)


def javascript(checkout: Path) -> list[Path]:
	"""Return the app's and the tests' JavaScript files, relative to the checkout, without built or installed ones."""
	found = [*(checkout / APP).rglob("*.js"), *(checkout / "tests").rglob("*.mjs")]
	return sorted(
		path.relative_to(checkout)
		for path in found
		if not set(SKIPPED) & set(path.relative_to(checkout).parts)
	)
