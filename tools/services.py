"""The servers that a bench's sites need: Redis and the database. Started for a run, stopped by whoever is last."""

from __future__ import annotations

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
# Redis's numbered databases that hold the jobs of these runs alone; everybody else's are in database 0.
TEST_JOBS = 1
BENCHMARK_JOBS = 2


class Services:
	"""A platform's servers. Each user holds a shared lock; the one that can take it alone is the last."""

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
		"""Runs them while the block runs; `keep` leaves them running until `stop`."""
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
				# They were left running, but the machine has been started again since.
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

	def jobs_apart(self, number: int) -> None:
		"""From now on the bench's commands put jobs into this database of the queue's Redis, and work off no others.

		A demo's worker leaves them alone, and what an earlier run left there is gone: its site had the same name.
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
				# The queue of an earlier run isn't this run's work: nothing is kept on disk.
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
