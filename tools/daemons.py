"""One server process that outlives a run of the tool: started when it isn't there, found again by its pid file."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tools import run
from tools.say import Failure

READY_SECONDS = 60
STOP_SECONDS = 60


class Daemon:
	"""A server known by a name; its pid file and log are in the platform's folders."""

	def __init__(self, name: str, run_folder: Path, logs: Path) -> None:
		self.name = name
		self.pid_file = run_folder / f"{name}.pid"
		self.log = logs / f"{name}.log"

	def running(self) -> bool:
		"""Whether the process that was started last is there. A pid given out again to another program isn't it."""
		return self._pid() is not None

	def start(
		self,
		command: Sequence[str | os.PathLike[str]],
		ready: Callable[[], bool],
		env: Mapping[str, str] | None = None,
		cwd: Path | None = None,
	) -> None:
		self.pid_file.parent.mkdir(parents=True, exist_ok=True)
		process = run.detached(command, self.log, env=env, cwd=cwd)
		self.pid_file.write_text(f"{process.pid} {_started(process.pid)}")
		deadline = time.monotonic() + READY_SECONDS
		while not ready():
			if process.poll() is not None:
				self.pid_file.unlink(missing_ok=True)
				tail = "\n".join(run.tail(self.log.read_text(errors="replace")))
				raise Failure(f"{self.name} didn't start:\n{tail}\nThe whole log: {self.log}")
			if time.monotonic() > deadline:
				self.stop()
				raise Failure(f"{self.name} didn't answer within {READY_SECONDS} seconds; see {self.log}")
			time.sleep(0.05)

	def stop(self) -> None:
		"""Ends the server and waits until it's gone, so that its data is written."""
		pid = self._pid()
		self.pid_file.unlink(missing_ok=True)
		if pid is None:
			return
		for number, seconds in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, 5)):
			try:
				os.killpg(pid, number)
			except ProcessLookupError:
				return
			if _wait_gone(pid, seconds):
				return

	def _pid(self) -> int | None:
		try:
			pid, started = self.pid_file.read_text().split()
		except (OSError, ValueError):
			return None
		return int(pid) if _started(int(pid)) == started else None


def _started(pid: int) -> str:
	"""When the kernel started the process: with it a pid names one process for ever. Empty when it's gone."""
	try:
		fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
	except OSError:
		return ""
	return "" if fields[0] == "Z" else fields[19]


def _wait_gone(pid: int, seconds: float) -> bool:
	deadline = time.monotonic() + seconds
	while time.monotonic() < deadline:
		# A child of this very process stays as a zombie until somebody asks for its exit code.
		with contextlib.suppress(ChildProcessError):
			os.waitpid(pid, os.WNOHANG)
		if not _started(pid):
			return True
		time.sleep(0.05)
	return False


def port_answers(port: int) -> bool:
	with socket.socket() as client:
		client.settimeout(1)
		return client.connect_ex(("127.0.0.1", port)) == 0


def free_port(preferred: int) -> int:
	"""The preferred port, or one that the system gives where it's taken."""
	for port in (preferred, 0):
		with socket.socket() as server:
			server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
			try:
				server.bind(("127.0.0.1", port))
			except OSError:
				continue
			return int(server.getsockname()[1])
	raise Failure("No port is free on this machine.")
