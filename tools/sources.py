"""Whether the sources can be reached, asked before anything is built."""

from __future__ import annotations

import os
import subprocess

from tools import run
from tools.platforms import Platform, Source
from tools.say import Unavailable, line, step

REACH_SECONDS = 30


def reachable(platform: Platform) -> list[Source]:
	"""The sources to build from: all that are needed, and those optional ones that can be had."""
	found = []
	with step(f"Asking the sources of {platform.name}"):
		problems = {source.app: _problem(source) for source in platform.sources}
	for source in platform.sources:
		problem = problems[source.app]
		if not problem:
			found.append(source)
		elif source.optional:
			line(f"{problem} Going on without it.")
		else:
			raise Unavailable(problem)
	return found


def _problem(source: Source) -> str:
	address = source.at(os.environ)
	env = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_SSH_COMMAND": "ssh -o BatchMode=yes"}
	try:
		done = subprocess.run(
			["git", "ls-remote", "--exit-code", "--heads", "--tags", address, source.ref],
			env=env,
			stdin=subprocess.DEVNULL,
			capture_output=True,
			timeout=REACH_SECONDS,
			check=False,
		)
		code = done.returncode
	except subprocess.TimeoutExpired:
		code = -1
	if code == 0:
		return ""
	what = f"has no branch or tag {source.ref}" if code == 2 else "can't be reached"
	return f"{source.title}'s source {address} {what}; {source.variable} names another clone or mirror."


def clone_outline(source: Source, folder: os.PathLike[str]) -> None:
	"""A clone with as little as possible in it: enough to read what the source asks for."""
	command = [
		"git",
		"clone",
		"--quiet",
		"--depth=1",
		"--no-checkout",
		"--filter=blob:none",
		"--branch",
		source.ref,
	]
	if run.answer([*command, source.at(os.environ), folder], timeout=300) is None:
		raise Unavailable(
			f"{source.title}'s source {source.at(os.environ)} can't be cloned; {source.variable} names another."
		)
