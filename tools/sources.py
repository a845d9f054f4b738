"""Check that the sources can be reached before a build, and read a source's requirements."""

import os
import subprocess

from tools import run
from tools.platforms import Platform, Source
from tools.say import Unavailable, line, step

REACH_SECONDS = 30


def reachable(platform: Platform) -> list[Source]:
	"""Return the required sources and the reachable optional ones; raise Unavailable for an unreachable required one."""
	found = []
	with step(f"Checking the sources of {platform.name}"):
		problems = {source.app: _problem(source) for source in platform.sources}
	for source in platform.sources:
		problem = problems[source.app]
		if not problem:
			found.append(source)
		elif source.optional:
			line(f"{problem} Continuing without it.")
		else:
			raise Unavailable(problem)
	return found


def _problem(source: Source) -> str:
	address = source.at(os.environ)
	env = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_SSH_COMMAND": "ssh -o BatchMode=yes"}
	try:
		command = ["git", "ls-remote", "--exit-code", "--heads", "--tags", address, source.ref]
		done = subprocess.run(
			command,
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
	return f"{source.title}'s source {address} {what}. Set {source.variable} to another clone or mirror."


def clone_outline(source: Source, folder: os.PathLike[str]) -> None:
	"""Make a clone without files or history, enough to read the source's requirements."""
	address = source.at(os.environ)
	command = ["git", "clone", "--quiet", "--depth=1", "--no-checkout", "--filter=blob:none"]
	if run.answer([*command, "--branch", source.ref, address, folder], timeout=300) is None:
		raise Unavailable(
			f"{source.title}'s source {address} can't be cloned. Set {source.variable} to another one."
		)
