"""MariaDB as a separate server in the cache folder, so that no other server on the machine is touched."""

import os
import shutil
from functools import partial
from pathlib import Path

from tools import run, system
from tools.daemons import Daemon
from tools.paths import Places

ROOT_PASSWORD = "root"  # noqa: S105  the server listens on a socket in the user's own cache folder only
# options of the commands
SET_UP = ("--skip-test-db", "--auth-root-authentication-method=normal")
SERVER = (
	*("--skip-networking", "--max-allowed-packet=64M", "--innodb-buffer-pool-size=1G"),
	*("--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_ci"),
	"--skip-character-set-client-handshake",
	# Speed before durability: the data can be rebuilt after a power failure.
	*("--innodb-flush-log-at-trx-commit=2", "--innodb-flush-method=nosync", "--debug-no-sync"),
)


class MariaDB:
	"""A server without a port, with its socket in the cache folder."""

	def __init__(self, places: Places) -> None:
		self.data = places.data / "mariadb"
		self.socket = places.run / "mariadb.sock"
		# outside the data folder, where each folder counts as a database, and /tmp, which all platforms' servers share
		self.temporary = places.run / "mariadb-tmp"
		self.log = places.logs / "mariadb-setup.log"
		self.daemon = Daemon("mariadb", places.run, places.logs)

	def config(self) -> dict[str, object]:
		return {"db_socket": str(self.socket), "db_host": "localhost"}

	def new_site_options(self) -> list[str]:
		return ["--db-type", "mariadb", "--db-root-username", "root", "--db-root-password", ROOT_PASSWORD]

	def start(self) -> None:
		if self.daemon.running():
			return
		fresh = not (self.data / "mysql").exists()
		options = ["--no-defaults", f"--datadir={self.data}", *_as_root()]
		if fresh:
			shutil.rmtree(self.data, ignore_errors=True)
			self.data.mkdir(parents=True)
			run.logged(["mariadb-install-db", *options, *SET_UP], self.log, what="Setting up MariaDB")
		self.temporary.mkdir(parents=True, exist_ok=True)
		options += [f"--socket={self.socket}", f"--tmpdir={self.temporary}", *SERVER]
		answers = partial(self._answers, "" if fresh else ROOT_PASSWORD)
		self.daemon.start([system.where("mariadbd"), *options], ready=answers)
		if fresh:
			self.sql(f"ALTER USER root@localhost IDENTIFIED BY '{ROOT_PASSWORD}'", password="")

	def sql(self, statement: str, password: str = ROOT_PASSWORD) -> None:
		run.logged([*self._client("mariadb", password), "--execute", statement], self.log, what="MariaDB")

	def dump(self, name: str, target: Path) -> None:
		options = ["--single-transaction", "--quick", f"--result-file={target}"]
		run.logged([*self._client("mariadb-dump"), *options, name], self.log, what="Saving the database")

	def restore(self, source: Path, name: str, password: str) -> None:
		self.drop(name)
		self.sql(
			f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci; "
			f"CREATE USER '{name}'@'localhost' IDENTIFIED BY '{password}'; "
			f"GRANT ALL PRIVILEGES ON `{name}`.* TO '{name}'@'localhost'"
		)
		run.logged([*self._client("mariadb"), name], self.log, stdin=source, what="Loading the database")

	def drop(self, name: str) -> None:
		self.sql(f"DROP DATABASE IF EXISTS `{name}`; DROP USER IF EXISTS '{name}'@'localhost'")

	def _client(self, command: str, password: str = ROOT_PASSWORD) -> list[str]:
		return [command, "--no-defaults", "--user=root", f"--password={password}", f"--socket={self.socket}"]

	def _answers(self, password: str) -> bool:
		return run.answer([*self._client("mariadb", password), "--execute", "SELECT 1"]) is not None


def _as_root() -> list[str]:
	# The server refuses to run as root unless told to.
	return ["--user=root"] if os.geteuid() == 0 else []
