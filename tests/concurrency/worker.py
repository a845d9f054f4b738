"""The server's side: a parent process with all modules imported, which forks a server process for each connection.

A server process answers requests one at a time with Frappe's WSGI application, as a web server's worker does:
connection, login, transaction, commit or rollback, error message. Tests can kill it alone.

Each task is a line of JSON and is answered by one:
	{"method", "path", "body", "authorization", "together"}   a request
	{"job", "arguments", "together"}                          a function, as a background job runs it
With `together`, the process sends {"ready": true} after the login and waits for another line before it begins.
"""

import json
import os
import select
import signal
import socket
import sys
import time
from importlib import import_module

import frappe
import frappe.api
import frappe.app
from frappe.model.base_document import get_controller
from werkzeug.test import Client

ASKED_FOR = (
	"frappe.client",
	"frappe.desk.form.save",
	"crm_interactions.api.activity",
	"crm_interactions.api.chain",
	"crm_interactions.api.oversight",
	"crm_interactions.reminders.jobs",
	"crm_interactions.handover.job",
	"crm_interactions.recording.numbering",
)
PACKAGES = ("frappe.", "erpnext.", "crm.", "crm_interactions.")
DOCTYPES = ("Interaction", "Interaction Chain", "Interaction Chain Log", "Activity Link", "Note", "User")


def main(site: str, address: str) -> None:
	for module in needed(site):
		import_module(module)
	signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # killed children must not stay as zombies
	door = socket.socket(socket.AF_UNIX)
	door.bind(address)
	door.listen(64)
	print("open", flush=True)
	sys.stdout = open(os.devnull, "w")  # noqa: SIM115  hides Frappe's error output
	while door in select.select([door, sys.stdin], [], [])[0]:  # stdin closes at the end of the tests
		connection, _ = door.accept()
		if not os.fork():
			door.close()
			signal.signal(signal.SIGCHLD, signal.SIG_DFL)
			Server(site, connection).serve()
			os._exit(0)
		connection.close()


def needed(site: str) -> list[str]:
	"""Return the names of the modules that requests and jobs on this site import.

	A short-lived child finds them: a connected process has threads and sockets, which forks cannot inherit.
	"""
	out, into = os.pipe()
	if not os.fork():
		frappe.init(site=site, sites_path=".")
		frappe.connect()
		for doctype in DOCTYPES:
			get_controller(doctype)
		for handlers in frappe.get_doc_hooks().values():
			for path in [path for paths in handlers.values() for path in paths]:
				frappe.get_attr(path)
		with os.fdopen(into, "w") as pipe:
			pipe.write("\n".join(name for name in [*sys.modules] if name.startswith(PACKAGES)))
		os._exit(0)
	os.close(into)
	with os.fdopen(out) as pipe:
		found = pipe.read().split()
	os.wait()
	return [*ASKED_FOR, *found]


class Server:
	def __init__(self, site: str, connection: socket.socket):
		self.site = site
		self.lines = connection.makefile("r", encoding="utf-8")
		self.connection = connection
		self.together = False
		self.started = 0.0
		self.client = Client(frappe.app.application)
		frappe.app._site, frappe.app._sites_path = site, "."
		handle = frappe.api.handle
		frappe.api.handle = lambda request: (self.begin(), handle(request))[1]

	def serve(self) -> None:
		self.tell(pid=os.getpid())
		while line := self.lines.readline():
			task = json.loads(line)
			self.together = task.get("together", False)
			answer = self.run(task) if "job" in task else self.request(task)
			self.tell(**answer, seconds=time.monotonic() - self.started)

	def begin(self) -> None:
		if self.together:
			self.tell(ready=True)
			self.lines.readline()
		self.started = time.monotonic()

	def request(self, task: dict) -> dict:
		self.started = time.monotonic()
		headers = {"Authorization": task["authorization"], "Accept": "application/json"}
		response = self.client.open(task["path"], method=task["method"], json=task["body"], headers=headers)
		try:
			return {"status": response.status_code, "body": response.get_json(silent=True) or {}}
		finally:
			response.close()

	def run(self, task: dict) -> dict:
		frappe.init(site=self.site, sites_path=".", force=True)
		frappe.connect()
		try:
			self.begin()
			result = frappe.get_attr(task["job"])(**task["arguments"])
			frappe.db.commit()
			return {"status": 200, "body": {"message": result}}
		except Exception as error:
			frappe.db.rollback()
			body = {"exc_type": type(error).__name__, "exception": frappe.get_traceback()}
			return {"status": 500, "body": body}
		finally:
			frappe.destroy()

	def tell(self, **what) -> None:
		self.connection.sendall(json.dumps(what, default=str).encode() + b"\n")


if __name__ == "__main__":
	main(*sys.argv[1:])
