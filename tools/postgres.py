"""PostgreSQL as a separate cluster, so that no other server on the machine is touched."""

import hashlib
import os
import secrets
import shutil
from pathlib import Path

from tools import run
from tools.daemons import Daemon, free_port, port_answers
from tools.paths import Places
from tools.say import Failure

OUTSIDE = Path("/var/tmp")  # noqa: S108  survives a restart, and PostgreSQL's user can access it


class Postgres:
	"""A cluster on a separate port. PostgreSQL refuses to be root, so root's cluster belongs to `postgres`, outside."""

	def __init__(self, places: Places, preferred_port: int) -> None:
		mark = hashlib.sha256(str(places.root).encode()).hexdigest()[:8]
		outside = OUTSIDE / f"crm-interactions-{places.root.name}-{mark}"
		self.data = outside if os.geteuid() == 0 else places.data / "postgres"
		self.facts = places.run / "postgres.port"
		self.secret = places.root / "postgres.secret"
		self.preferred_port = preferred_port
		self.log = places.logs / "postgres-setup.log"
		self.daemon = Daemon("postgres", places.run, places.logs)

	@property
	def port(self) -> int:
		return int(self.facts.read_text()) if self.facts.exists() else self.preferred_port

	@property
	def password(self) -> str:
		return self.secret.read_text()

	def config(self) -> dict[str, object]:
		return {"db_host": "127.0.0.1", "db_port": self.port}

	def new_site_options(self) -> list[str]:
		return [
			*("--db-type", "postgres", "--db-host", "127.0.0.1", "--db-port", str(self.port)),
			*("--db-root-username", "postgres", "--db-root-password", self.password),
		]

	def start(self) -> None:
		if self.daemon.running():
			return
		bin_folder = _programs()
		fresh = not self.secret.exists() or not (self.data / "PG_VERSION").exists()
		if fresh:
			self._make(bin_folder)
		self.facts.parent.mkdir(parents=True, exist_ok=True)
		self.facts.write_text(str(free_port(self.preferred_port)))
		options = ["-D", self.data, "-p", str(self.port), "-k", self.data, "-c", "listen_addresses=127.0.0.1"]
		options += ["-c", "synchronous_commit=off", "-c", "shared_buffers=512MB"]
		command = [*_as_postgres(), bin_folder / "postgres", *options]
		self.daemon.start(command, ready=self._answers, cwd=Path("/"))
		if fresh:
			self._set_password()

	def dump(self, name: str, target: Path) -> None:
		target.touch(mode=0o600)
		self._client("pg_dump", "--format=custom", f"--file={target}", name)

	def restore(self, source: Path, name: str, password: str) -> None:
		self.drop(name)
		self._client("psql", "--command", f"CREATE USER \"{name}\" WITH PASSWORD '{password}'")
		self._client("psql", "--command", f'CREATE DATABASE "{name}" OWNER "{name}"')
		self._client("pg_restore", "--no-owner", f"--role={name}", f"--dbname={name}", source)

	def drop(self, name: str) -> None:
		self._client("psql", "--command", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
		self._client("psql", "--command", f'DROP USER IF EXISTS "{name}"')

	def _make(self, bin_folder: Path) -> None:
		shutil.rmtree(self.data, ignore_errors=True)
		self.secret.unlink(missing_ok=True)
		self.data.mkdir(parents=True, mode=0o700)
		if os.geteuid() == 0:
			shutil.chown(self.data, "postgres", "postgres")
		options = ["-D", self.data, "--encoding=UTF8", "--locale=C.UTF-8"]
		options += ["--username=postgres", "--auth-local=trust", "--auth-host=scram-sha-256"]
		command = [*_as_postgres(), bin_folder / "initdb", *options]
		run.logged(command, self.log, cwd=Path("/"), what="Setting up PostgreSQL")

	def _set_password(self) -> None:
		# Through the socket in the data folder, which other users cannot open.
		password = secrets.token_urlsafe(16)
		socket = [f"--host={self.data}", f"--port={self.port}", "--username=postgres", "--no-password"]
		statement = f"ALTER USER postgres PASSWORD '{password}'"
		run.logged([_programs() / "psql", *socket, "--command", statement], self.log, what="psql")
		self.secret.touch(mode=0o600)
		self.secret.write_text(password)

	def _client(self, command: str, *arguments: str | os.PathLike[str]) -> None:
		who = ["--host=127.0.0.1", f"--port={self.port}", "--username=postgres", "--no-password"]
		env = {**os.environ, "PGPASSWORD": self.password}
		run.logged([_programs() / command, *who, *arguments], self.log, env=env, what=command)

	def _answers(self) -> bool:
		return port_answers(self.port) and bool(
			run.answer([_programs() / "pg_isready", "--host=127.0.0.1", f"--port={self.port}"])
		)


def _as_postgres() -> list[str]:
	return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []


def _programs() -> Path:
	"""Return the folder of the newest server's programs, which Debian keeps off the path; Failure if there is none."""
	folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
	if folders:
		return max(folders, key=lambda folder: float(folder.parent.name))
	if found := shutil.which("initdb"):
		return Path(found).resolve().parent
	raise Failure("PostgreSQL's initdb is missing. Install the package postgresql.")
