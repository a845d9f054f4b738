"""The users' side: requests, and workers that send them at the same time."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

WORKER = Path(__file__).parent / "worker.py"
PATIENCE = 90  # seconds; longer than the database's lock timeout
CLEAR = {"ChangedMeanwhileError", "TimestampMismatchError"}  # their messages say: reload


@dataclass(frozen=True)
class Request:
	method: str
	path: str
	body: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
	status: int
	body: dict
	seconds: float

	@property
	def ok(self) -> bool:
		return self.status < 400

	@property
	def error(self) -> str | None:
		return None if self.ok else self.body.get("exc_type") or f"HTTP {self.status}"

	@property
	def outcome(self) -> str:
		return self.error or "ok"

	@property
	def result(self):
		return self.body.get("message", self.body.get("data"))

	def require(self, *allowed: str) -> None:
		"""Assert success or an error that the user can act on: one of CLEAR or `allowed`."""
		assert self.ok or self.error in {*CLEAR, *allowed}, f"{self.error}: {self.messages}"

	@property
	def messages(self) -> str:
		return "\n".join(str(self.body.get(key)) for key in ("exception", "_server_messages", "exc") if key)


class Worker:
	"""A server process and its user."""

	def __init__(self, address: str, authorization: str):
		self.authorization = authorization
		self.socket = socket.socket(socket.AF_UNIX)
		self.socket.settimeout(PATIENCE)
		self.socket.connect(address)
		self.lines = self.socket.makefile("r", encoding="utf-8")
		self.pid = self._receive()["pid"]

	def send(self, request: Request, together: bool = False) -> None:
		self._send(**vars(request), authorization=self.authorization, together=together)

	def start(self, job: str, together: bool = False, **arguments) -> None:
		self._send(job=job, arguments=arguments, together=together)

	def answer(self) -> Answer:
		return Answer(**self._receive())

	def do(self, request: Request) -> Answer:
		self.send(request)
		return self.answer()

	def until_ready(self) -> None:
		message = self._receive()
		assert message.get("ready"), message

	def go(self) -> None:
		self.socket.sendall(b"go\n")

	def kill(self) -> None:
		os.kill(self.pid, signal.SIGKILL)
		self.close()

	def close(self) -> None:
		self.lines.close()
		self.socket.close()

	def _send(self, **message) -> None:
		self.socket.sendall(json.dumps(message, default=str).encode() + b"\n")

	def _receive(self) -> dict:
		return json.loads(self.lines.readline())


class Nursery:
	"""A parent process that forks server processes within milliseconds."""

	def __init__(self, site: str, address: str):
		self.address = address
		self.process = subprocess.Popen(  # noqa: S603  this Python with this folder's script
			[sys.executable, "-W", "ignore", str(WORKER), site, address],
			stdin=subprocess.PIPE,
			stdout=subprocess.PIPE,
			text=True,
		)
		assert self.process.stdout.readline() == "open\n"

	def worker(self, authorization: str) -> Worker:
		return Worker(self.address, authorization)

	def close(self) -> None:
		self.process.stdin.close()
		self.process.wait(timeout=10)


def at_once(workers: list[Worker], requests: list[Request]) -> list[Answer]:
	"""Send each request through its own worker, started together once all are logged in. Return the answers in order."""
	assert len(requests) <= len(workers), "more requests than workers"
	busy = workers[: len(requests)]
	for worker, request in zip(busy, requests, strict=True):
		worker.send(request, together=True)
	return _released(busy)


def run_at_once(workers: list[Worker], job: str, **arguments) -> list[Answer]:
	"""Run a job in every worker, started together. Return the answers in order."""
	for worker in workers:
		worker.start(job, together=True, **arguments)
	return _released(workers)


def _released(workers: list[Worker]) -> list[Answer]:
	for worker in workers:
		worker.until_ready()
	for worker in workers:
		worker.go()
	return [worker.answer() for worker in workers]


def record(answers: list[Answer], outcomes: Counter, *allowed: str) -> list[str]:
	"""Count and return the outcomes; assert that each refusal is one that the user can act on (`Answer.require`)."""
	found = [answer.outcome for answer in answers]
	outcomes.update(found)
	for answer in answers:
		answer.require(*allowed)
	return found


def wait_for(condition: Callable[[], object]) -> None:
	until = time.monotonic() + PATIENCE
	while not condition():
		assert time.monotonic() < until, "the condition is not met in time"
		time.sleep(0.02)


def kill_during(worker: Worker, request: Request, after: float) -> None:
	"""Send a request and kill its process `after` seconds from its login."""
	worker.send(request, together=True)
	worker.until_ready()
	worker.go()
	time.sleep(after)
	worker.kill()


def method(path: str, **arguments) -> Request:
	return Request("POST", f"/api/method/{path}", arguments)


def chain_method(name: str, **arguments) -> Request:
	return method(f"crm_interactions.api.chain.{name}", **arguments)


def named(one) -> dict[str, str]:
	return {"activity_type": one[0], "activity": one[1]}


def link(one, other) -> Request:
	"""Return the request of a double click in *Link…*."""
	return chain_method("link", **named(one), target_type=other[0], target=other[1])


def unlink(one) -> Request:
	return chain_method("unlink", **named(one))


def set_subject(chain: str, subject) -> Request:
	return chain_method("set_subject", chain=chain, subject_type=subject[0], subject=subject[1])


def desk_save(form: dict) -> Request:
	"""Return the Desk's request to save a form: all fields, with the `modified` of its opening."""
	return method("frappe.desk.form.save.savedocs", doc=json.dumps(form, default=str), action="Save")


def put(one, **values) -> Request:
	return Request("PUT", f"/api/resource/{one[0]}/{one[1]}", values)


def post(doctype: str, **values) -> Request:
	return Request("POST", f"/api/resource/{doctype}", values)


def new_call(**values) -> Request:
	call = {"interaction_type": "Phone Call", "title": "New", "how_to_reach": "+385 1 4567 890"}
	return post("Interaction", **call, **values)


def delete(one) -> Request:
	return Request("DELETE", f"/api/resource/{one[0]}/{one[1]}")
