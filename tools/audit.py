"""Known vulnerabilities of what the app depends on, icalendar and tzdata and what they bring; Frappe's own are Frappe's.

Findings fail unless `tools/audit_exceptions.txt` says why they don't matter here. A service that can't be reached doesn't:
it is asked again, and then said to be missing.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from tools import toolenv
from tools.paths import CACHE, CHECKOUT
from tools.say import line

EXCEPTIONS = CHECKOUT / "tools" / "audit_exceptions.txt"
PROJECT = CHECKOUT / "pyproject.toml"
# where pip-audit asks; a package that nobody has ever withdrawn
SERVICE = "https://pypi.org/pypi/icalendar/6.1.0/json"
STAMP = CACHE / "audit.done"
VALID_FOR = 24 * 3600  # seconds, on a machine where people work; CI asks each time
WAITS = (10, 30)  # seconds before the service is asked again, in CI
LONGEST = 300  # seconds


@dataclass
class Report:
	"""found: (package and version, id, what it is) of each vulnerability; skipped: what could not be looked up, and why."""

	found: list[tuple[str, str, str]] = field(default_factory=list)
	skipped: list[str] = field(default_factory=list)


def audit() -> bool:
	"""Whether there is a finding that has no reason; what else there is to know is printed."""
	in_ci = bool(os.environ.get("CI"))
	if not in_ci and _is_fresh():
		return False
	report = _asked(WAITS if in_ci else ())
	known = exceptions(EXCEPTIONS.read_text(encoding="utf-8"))
	open_ones = [entry for entry in report.found if entry[1] not in known]
	for package, number, what in open_ones:
		line(f"audit: {package} has {number}: {what}")
	for number in sorted(known.keys() - {entry[1] for entry in report.found}) if not report.skipped else ():
		line(f"audit: {number} isn't found any more; its line in {EXCEPTIONS.name} can go.")
	if report.skipped:
		line(f"audit: NOT DONE, the dependencies were not looked up: {'; '.join(report.skipped)}")
	elif not open_ones:
		STAMP.write_text(_state())
	return bool(open_ones)


def read_report(text: str) -> Report:
	"""Read what pip-audit writes with `--format json`."""
	report = Report()
	for package in json.loads(text)["dependencies"]:
		if reason := package.get("skip_reason"):
			report.skipped.append(reason)
		for found in package.get("vulns", ()):
			told = " ".join((found.get("description") or "no description").split())[:200]
			report.found.append((f"{package['name']} {package['version']}", found["id"], told))
	return report


def exceptions(text: str) -> dict[str, str]:
	"""Read `id  reason` of each line; what begins with # and what is empty says nothing.

	Raises: ValueError for an id without a reason.
	"""
	known = {}
	for entry in text.splitlines():
		if entry.strip() and not entry.startswith("#"):
			number, _, reason = entry.strip().partition(" ")
			if not reason.strip():
				raise ValueError(f"{number} has no reason beside it")
			known[number] = reason.strip()
	return known


def _asked(waits: tuple[int, ...]) -> Report:
	report = _ask()
	for seconds in waits:
		if not report.skipped:
			break
		time.sleep(seconds)
		report = _ask()
	return report


def _ask() -> Report:
	if trouble := _unreachable():
		return Report(skipped=[trouble])
	command = [toolenv.tool("pip-audit"), "--format", "json", "--progress-spinner", "off", CHECKOUT]
	try:
		done = subprocess.run(
			command, env=toolenv.child_env(), capture_output=True, text=True, timeout=LONGEST, check=False
		)
		return read_report(done.stdout)
	except subprocess.TimeoutExpired:
		return Report(skipped=[f"pip-audit took longer than {LONGEST} s"])
	except (ValueError, KeyError):
		return Report(skipped=[(done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]])


def _unreachable() -> str | None:
	"""Return why the service can't be asked; None where it can."""
	try:
		with urllib.request.urlopen(SERVICE, timeout=15) as answer:
			json.load(answer)["vulnerabilities"]
	except (OSError, ValueError, KeyError) as problem:
		return f"{SERVICE} can't be read ({problem})"
	return None


def _is_fresh() -> bool:
	there = STAMP.is_file() and time.time() - STAMP.stat().st_mtime < VALID_FOR
	return there and STAMP.read_text() == _state()


def _state() -> str:
	"""Return what the answer depends on besides the day."""
	return hashlib.sha256(b"".join(Path(path).read_bytes() for path in (PROJECT, EXCEPTIONS))).hexdigest()
