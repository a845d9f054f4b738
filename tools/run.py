"""Run commands, each in its own process group, so that none outlives the tool."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.say import Failure

Command = Sequence[str | os.PathLike[str]]
TAIL_LINES = 40
GRACE_SECONDS = 15

_running: set[subprocess.Popen[bytes]] = set()


def logged(
	command: Command,
	log: Path,
	*,
	cwd: Path | None = None,
	env: Mapping[str, str] | None = None,
	what: str = "",
	stdin: Path | None = None,
) -> None:
	"""Run the command with its output appended to `log`; raise Failure with the end of the output if it fails."""
	log.parent.mkdir(parents=True, exist_ok=True)
	with log.open("ab") as output, (stdin or Path(os.devnull)).open("rb") as source:
		output.write(f"$ {' '.join(map(str, command))}\n".encode())
		output.flush()
		start = output.tell()
		code = _wait(_start(command, cwd=cwd, env=env, stdin=source, stdout=output, stderr=subprocess.STDOUT))
	if code:
		output = "\n".join(f"  {text}" for text in tail(log.read_bytes()[start:].decode(errors="replace")))
		raise Failure(f"{what or _short(command)} failed with exit code {code}:\n{output}\nFull log: {log}")


def tail(output: str, lines: int = TAIL_LINES) -> list[str]:
	"""Return the last non-empty lines; of a progress bar, only its final state."""
	shown = [text.rstrip("\r").rpartition("\r")[2] for text in output.split("\n")]
	return [text for text in shown if text.strip()][-lines:]


def shown(command: Command, *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> int:
	"""Run the command with its output on the screen. Return its exit code."""
	return _wait(_start(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL))


def answer(
	command: Command, *, cwd: Path | None = None, env: Mapping[str, str] | None = None, timeout: float = 60
) -> str | None:
	"""Return the command's output, or None if it fails, is missing or exceeds `timeout` (seconds)."""
	try:
		done = subprocess.run(
			[os.fspath(part) for part in command],
			cwd=cwd,
			env=None if env is None else dict(env),
			stdin=subprocess.DEVNULL,
			capture_output=True,
			timeout=timeout,
			check=False,
		)
	except (OSError, subprocess.TimeoutExpired):
		return None
	return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else None


def background(
	command: Command, log: Path, *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
	"""Start a server that runs until `stop` or the end of the tool."""
	log.parent.mkdir(parents=True, exist_ok=True)
	with log.open("ab") as output:
		return _start(
			command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
		)


def detached(
	command: Command, log: Path, *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
	"""Start a service that several runs of the tool share; it outlives the tool until `services` stops it."""
	process = background(command, log, cwd=cwd, env=env)
	_running.discard(process)
	return process


def stop(process: subprocess.Popen[bytes]) -> None:
	"""Terminate the process and its children; kill them after GRACE_SECONDS."""
	with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
		os.killpg(process.pid, signal.SIGTERM)
		process.wait(GRACE_SECONDS)
	with contextlib.suppress(ProcessLookupError, PermissionError):
		os.killpg(process.pid, signal.SIGKILL)
	process.wait()
	_running.discard(process)


def stop_all() -> None:
	for process in list(_running):
		stop(process)


def _start(command: Command, **how: object) -> subprocess.Popen[bytes]:
	parts = [os.fspath(part) for part in command]
	try:
		process = subprocess.Popen(parts, start_new_session=True, **how)  # type: ignore[call-overload]
	except OSError as error:
		raise Failure(f"{parts[0]} can't be started: {error.strerror}. Install it first.") from error
	_running.add(process)
	return process


def _wait(process: subprocess.Popen[bytes]) -> int:
	try:
		code = process.wait()
	except BaseException:
		stop(process)
		raise
	_running.discard(process)
	return code


def _short(command: Command) -> str:
	return " ".join(Path(part).name if os.path.isabs(part) else str(part) for part in list(command)[:3])
