"""Search the app's dependencies (those in pyproject.toml and their own) for known vulnerabilities.

A finding fails the check unless `tools/audit_exceptions.txt` gives a reason to ignore it. An unreachable service
doesn't fail it: CI retries, then the report says that the audit was not done.
"""

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
# the service that pip-audit asks, with a release that is certain to stay on it
SERVICE = "https://pypi.org/pypi/icalendar/6.1.0/json"
STAMP = CACHE / "audit.done"
VALID_FOR = 24 * 3600  # seconds between two audits on a developer's machine; CI asks each time
WAITS = (10, 30)  # seconds before each retry, in CI
TIMEOUT = 300  # seconds


@dataclass
class Report:
	"""found: (package and version, id, description) of each vulnerability; skipped: why a look-up was impossible."""

	found: list[tuple[str, str, str]] = field(default_factory=list)
	skipped: list[str] = field(default_factory=list)


def audit() -> bool:
	"""Return True if a finding has no exception. Print findings, obsolete exceptions and failed look-ups."""
	in_ci = bool(os.environ.get("CI"))
	if not in_ci and _is_fresh():
		return False
	report = _ask_with_retries(WAITS if in_ci else ())
	known = exceptions(EXCEPTIONS.read_text(encoding="utf-8"))
	unexplained = [entry for entry in report.found if entry[1] not in known]
	for package, number, description in unexplained:
		line(f"audit: {package} has {number}: {description}")
	for number in sorted(known.keys() - {entry[1] for entry in report.found}) if not report.skipped else ():
		line(f"audit: {number} is not found any more. Remove its line from {EXCEPTIONS.name}.")
	if report.skipped:
		line(f"audit: NOT DONE, the dependencies could not be checked: {'; '.join(report.skipped)}")
	elif not unexplained:
		STAMP.write_text(_state())
	return bool(unexplained)


def read_report(text: str) -> Report:
	"""Read the output of `pip-audit --format json`."""
	report = Report()
	for package in json.loads(text)["dependencies"]:
		if reason := package.get("skip_reason"):
			report.skipped.append(reason)
		for found in package.get("vulns", ()):
			description = " ".join((found.get("description") or "no description").split())[:200]
			report.found.append((f"{package['name']} {package['version']}", found["id"], description))
	return report


def exceptions(text: str) -> dict[str, str]:
	"""Return the reasons by vulnerability id, from lines of `id reason`; comments (#) and empty lines are ignored.

	Raises: ValueError for an id without a reason.
	"""
	known = {}
	for entry in text.splitlines():
		if entry.strip() and not entry.startswith("#"):
			number, _, reason = entry.strip().partition(" ")
			if not reason.strip():
				raise ValueError(f"{number} has no reason. Add it after the id.")
			known[number] = reason.strip()
	return known


def _ask_with_retries(waits: tuple[int, ...]) -> Report:
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
			command, env=toolenv.child_env(), capture_output=True, text=True, timeout=TIMEOUT, check=False
		)
		return read_report(done.stdout)
	except subprocess.TimeoutExpired:
		return Report(skipped=[f"pip-audit took longer than {TIMEOUT} s"])
	except (ValueError, KeyError):
		return Report(skipped=[(done.stderr.strip().splitlines() or ["pip-audit printed nothing"])[-1]])


def _unreachable() -> str | None:
	"""Return why the service can't be asked, or None."""
	try:
		with urllib.request.urlopen(SERVICE, timeout=15) as answer:
			json.load(answer)["vulnerabilities"]
	except (OSError, ValueError, KeyError) as problem:
		return f"{SERVICE} can't be read ({problem})"
	return None


def _is_fresh() -> bool:
	recent = STAMP.is_file() and time.time() - STAMP.stat().st_mtime < VALID_FOR
	return recent and STAMP.read_text() == _state()


def _state() -> str:
	"""Return a hash of the files that the result depends on."""
	return hashlib.sha256(b"".join(Path(path).read_bytes() for path in (PROJECT, EXCEPTIONS))).hexdigest()
