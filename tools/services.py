"""The servers of a bench's sites: Redis and the database. A run starts them, and the last run to end stops them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tools import run
from tools.bench import Bench, ports
from tools.daemons import Daemon, free_port, port_answers
from tools.lock import Lock, held
from tools.mariadb import MariaDB
from tools.postgres import Postgres
from tools.say import step

REDIS = ("redis_cache", "redis_queue")
# Redis databases for the jobs of tests and benchmarks; all other jobs are in database 0.
TEST_JOBS = 1
BENCHMARK_JOBS = 2


class Services:
	"""A platform's servers. Each run holds a shared lock; a run that gets it exclusively is the last one."""

	def __init__(self, bench: Bench) -> None:
		self.bench = bench
		self.places = bench.places
		self.keep = self.places.run / "keep"
		self.redis = {name: Daemon(name, self.places.run, self.places.logs) for name in REDIS}
		self.database: MariaDB | Postgres | None = None
		if bench.platform.database == "mariadb":
			self.database = MariaDB(self.places)
		elif bench.platform.database == "postgres":
			self.database = Postgres(self.places, bench.platform.first_port + 6)

	@contextmanager
	def running(self, *, keep: bool = False) -> Iterator[None]:
		"""Run the servers while the block runs; `keep` leaves them running until `stop`."""
		use = Lock(self.places.locks / "services")
		use.shared()
		try:
			self.start()
			if keep:
				self.keep.touch()
			yield
		finally:
			if use.try_exclusive() and not self.keep.exists():
				self.stop()
			use.close()

	def start(self) -> None:
		with held(self.places.locks / "services-start", waiting=""):
			daemons = list(self.redis.values()) + ([self.database.daemon] if self.database else [])
			running = [daemon.running() for daemon in daemons]
			if all(running):
				return
			if not any(running):
				# The mark is obsolete: the machine has restarted since `keep`.
				self.keep.unlink(missing_ok=True)
			with step(f"Starting {' and '.join(self._titles())}"):
				config = dict(self._start_redis())
				if self.database:
					self.database.start()
					config.update(self.database.config())
				self._configure(config)

	def stop(self) -> None:
		self.keep.unlink(missing_ok=True)
		if self.database:
			self.database.daemon.stop()
		for daemon in self.redis.values():
			daemon.stop()

	def use_job_database(self, number: int) -> None:
		"""Empty the queue's Redis database of that number, and restrict the bench's commands to its jobs.

		So a demo's worker leaves them alone, and no job of an earlier run's site of the same name remains.
		"""
		address = str(self._config()["redis_queue"])
		empty = ["redis-cli", "-p", str(urlsplit(address).port), "-n", str(number), "flushdb"]
		run.logged(empty, self.places.logs / "redis_queue.log", what="Emptying the queue of jobs")
		self.bench.jobs = f"{address}/{number}"

	def _titles(self) -> list[str]:
		title = {"mariadb": ["MariaDB"], "postgres": ["PostgreSQL"]}.get(self.bench.platform.database, [])
		return ["Redis", *title]

	def _start_redis(self) -> Iterator[tuple[str, object]]:
		for name, daemon in self.redis.items():
			address = str(self._config().get(name) or ports(self.bench.platform)[name])
			port = urlsplit(address).port or 0
			if not daemon.running():
				port = free_port(port)
				# Nothing is saved to disk: jobs of an earlier run must not come back.
				options = ["--port", str(port), "--save", "", "--loglevel", "warning"]
				config = self.places.bench / "config" / f"{name}.conf"
				daemon.start(["redis-server", config, *options], ready=lambda port=port: port_answers(port))
			yield name, f"redis://127.0.0.1:{port}"
			if name == "redis_cache":
				yield "redis_socketio", f"redis://127.0.0.1:{port}"

	def _config(self) -> dict[str, object]:
		return json.loads((self.places.sites / "common_site_config.json").read_text())

	def _configure(self, config: dict[str, object]) -> None:
		path = self.places.sites / "common_site_config.json"
		path.write_text(json.dumps({**self._config(), **config}, indent=1, sort_keys=True))
