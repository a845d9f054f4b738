"""A server process that outlives a run of the tool: later runs find it by its pid file."""

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
	"""A named server with its pid file and log in the platform's folders."""

	def __init__(self, name: str, run_folder: Path, logs: Path) -> None:
		self.name = name
		self.pid_file = run_folder / f"{name}.pid"
		self.log = logs / f"{name}.log"

	def running(self) -> bool:
		"""Return True if the process in the pid file is alive and its pid was not reused by another process."""
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
				raise Failure(f"{self.name} did not start:\n{tail}\nFull log: {self.log}")
			if time.monotonic() > deadline:
				self.stop()
				raise Failure(f"{self.name} did not answer within {READY_SECONDS} seconds. See {self.log}.")
			time.sleep(0.05)

	def stop(self) -> None:
		"""Terminate the server and wait for its end, so that its data is written; kill it after STOP_SECONDS."""
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
	"""Return the kernel's start time of a process, which tells it from a later one with its pid; empty if it ended."""
	try:
		fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
	except OSError:
		return ""
	return "" if fields[0] == "Z" else fields[19]


def _wait_gone(pid: int, seconds: float) -> bool:
	deadline = time.monotonic() + seconds
	while time.monotonic() < deadline:
		# A child of this process stays a zombie until its exit code is read.
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
	"""Return the preferred port, or one chosen by the system if that is taken."""
	for port in (preferred, 0):
		with socket.socket() as server:
			server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
			try:
				server.bind(("127.0.0.1", port))
			except OSError:
				continue
			return int(server.getsockname()[1])
	raise Failure("No port is free on this machine. Stop a server and try again.")
