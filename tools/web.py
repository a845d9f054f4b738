"""Serve a site: a web server, realtime, a worker and, on request, the scheduler."""

import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tools import run, sites
from tools.bench import Bench
from tools.daemons import free_port
from tools.say import Failure

READY_SECONDS = 90
WORKER_QUEUES = "short,default,long"


@dataclass
class Web:
	"""A site that answers at `url`, and the processes behind it."""

	url: str
	processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

	def ended(self) -> str:
		"""Return the name of a process that has ended, or an empty string while all run."""
		return next((name for name, process in self.processes.items() if process.poll() is not None), "")


@contextmanager
def serving(bench: Bench, site: str, port: int, *, host: str, scheduler: bool = False) -> Iterator[Web]:
	"""Serve the site for any Host header until the block ends, on `port` or, if that is taken, a free one."""
	port = free_port(port)
	realtime_port = free_port(bench.platform.first_port + 9 if port != bench.platform.first_port + 9 else 0)
	web = Web(f"http://{host}:{port}")
	# Realtime reads these before the bench's settings, as several sites of a bench may be served at once.
	env = {**bench.env(), "FRAPPE_SITE": site, "FRAPPE_SOCKETIO_PORT": str(realtime_port)}
	# As `bench start` does: otherwise the Desk expects a proxy, with realtime on the web server's port.
	env["DEV_SERVER"] = "1"
	sites.set_config(
		bench, site, {"host_name": web.url, "socketio_port": realtime_port, "webserver_port": port}
	)

	def start(name: str, *command: str | Path) -> None:
		log = bench.places.logs / f"{site}.{name}.log"
		log.unlink(missing_ok=True)
		web.processes[name] = run.background(command, log, cwd=bench.places.sites, env=env)

	try:
		start("web", *bench.frappe("--site", site, "serve", "--port", str(port), "--noreload"))
		start("realtime", "node", bench.places.bench / "apps" / "frappe" / "socketio.js")
		_wait(bench, site, web)
		# Started last, since no page needs a worker or the scheduler to load.
		start("worker", *bench.frappe("worker", "--queue", WORKER_QUEUES, "--quiet"))
		if scheduler:
			start("scheduler", *bench.frappe("schedule"))
		yield web
	finally:
		for process in web.processes.values():
			run.stop(process)


def _wait(bench: Bench, site: str, web: Web) -> None:
	deadline = time.monotonic() + READY_SECONDS
	while time.monotonic() < deadline:
		if name := web.ended():
			log = bench.places.logs / f"{site}.{name}.log"
			tail = "\n".join(run.tail(log.read_text(errors="replace")))
			raise Failure(f"The {name} process of {site} ended:\n{tail}\nFull log: {log}")
		try:
			# The login page needs routing, templates, assets and the database.
			with urllib.request.urlopen(f"{web.url}/login", timeout=30) as response:  # noqa: S310  the tool's own server
				if response.status == 200:
					return
		except (urllib.error.URLError, OSError):
			time.sleep(0.2)
	raise Failure(f"{site} doesn't answer at {web.url}. See {bench.places.logs / f'{site}.web.log'}.")
