"""A MariaDB primary with its replica, as servers of their own, and a site on them: a copy of another site's database."""

import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

DATABASE = ("--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_ci")
# a fresh disk of its own for each test: durability costs time only
FAST = ("--innodb-flush-log-at-trx-commit=0", "--sync-binlog=0", "--innodb-buffer-pool-size=128M")
SECONDS = 60


class Server:
	"""A MariaDB server on a free port of this machine, which counts the rows read from each table."""

	def __init__(self, folder: Path, number: int, *options: str):
		self.folder, self.socket, self.port = folder, folder / "server.sock", _free_port()
		self.data = folder / "data"
		self.data.mkdir(parents=True)
		self._run("mariadb-install-db", "--auth-root-authentication-method=normal", "--skip-test-db")
		places = [
			f"--socket={self.socket}",
			f"--port={self.port}",
			"--bind-address=127.0.0.1",
			f"--server-id={number}",
		]
		command = ["mariadbd", "--no-defaults", f"--datadir={self.data}", *_as_root(), *places]
		with (folder / "log").open("w") as log:
			self.process = subprocess.Popen(  # noqa: S603  the server above
				[*command, *DATABASE, *FAST, "--userstat=1", "--skip-name-resolve", *options],
				stdout=log,
				stderr=log,
			)
		_wait(self._answers, f"{folder.name} did not start: see {folder}/log")

	def sql(self, statement: str) -> list[list[str]]:
		"""Run a statement as root, and return its rows."""
		return ask(self.socket, statement)

	def load(self, dump: Path, database: str) -> None:
		with dump.open() as lines:
			run([*client(self.socket), database], stdin=lines)

	def stop(self) -> None:
		self.process.terminate()
		self.process.wait(SECONDS)

	def _answers(self) -> bool:
		if self.process.poll() is not None:
			raise RuntimeError((self.folder / "log").read_text())
		return run([*client(self.socket), "--execute", "select 1"], check=False).returncode == 0

	def _run(self, *command: str) -> None:
		options = ["--no-defaults", f"--datadir={self.data}", *_as_root()]
		run([command[0], *options, *command[1:]])


class Pair:
	"""A primary and its replica, which refuses writes."""

	def __init__(self, folder: Path):
		self.primary = Server(folder / "primary", 1, "--log-bin=changes", "--binlog-format=ROW")
		self.replica = Server(folder / "replica", 2, "--read-only=1")
		self.replica.sql(
			f"change master to master_host='127.0.0.1', master_port={self.primary.port}, master_user='copier', "
			"master_password='copier', master_use_gtid=slave_pos"
		)
		self.primary.sql(
			"create user copier@'%' identified by 'copier'; grant replication slave on *.* to copier@'%'"
		)
		self.replica.sql("start slave")

	def copy(self, config: dict, dump: Path) -> dict:
		"""Copy a site's database to the primary, wait for the replica, and return the configuration of a site on both."""
		name, password = config["db_name"], config["db_password"]
		self.primary.sql(
			f"create database `{name}`; create user `{name}`@'%' identified by '{password}'; "
			f"grant all privileges on `{name}`.* to `{name}`@'%'"
		)
		self.primary.load(dump, name)
		self.wait()
		places = {"db_host": "127.0.0.1", "db_socket": "", "db_port": self.primary.port}
		replica = {"read_from_replica": 1, "replica_host": "127.0.0.1", "replica_db_port": self.replica.port}
		return {**config, **places, **replica}

	def wait(self) -> None:
		"""Wait until the replica has all changes of the primary."""
		((position,),) = self.primary.sql("select @@gtid_binlog_pos")
		((result,),) = self.replica.sql(f"select master_gtid_wait('{position}', {SECONDS})")
		assert result == "0", self.replica.sql("show slave status")

	def stop(self) -> None:
		self.replica.stop()
		self.primary.stop()


def run(command: list[str], **options) -> subprocess.CompletedProcess:
	"""Run a command of the tests; raise CalledProcessError if it fails, unless `check` is False."""
	if "stdout" not in options:
		options |= {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
	return subprocess.run(command, **{"check": True, "text": True, **options})  # noqa: S603  the commands of these tests


def client(place: Path | str) -> list[str]:
	"""Return the command of MariaDB's client, as root, for a server's socket."""
	return ["mariadb", "--no-defaults", "--user=root", f"--socket={place}"]


def ask(place: Path | str, statement: str) -> list[list[str]]:
	"""Run a statement on the server with a socket, and return its rows."""
	done = run([*client(place), "--batch", "--skip-column-names", "--execute", statement])
	return [line.split("\t") for line in done.stdout.splitlines()]


def make_site(name: str, config: dict, encryption_key: str | None) -> Path:
	"""Make the folder of a site in the current one, which is the bench's `sites`; return it."""
	folder = Path(name)
	shutil.rmtree(folder, ignore_errors=True)
	for part in ("logs", "locks", "private/files", "public/files"):
		(folder / part).mkdir(parents=True)
	found = {**config, "encryption_key": encryption_key} if encryption_key else config
	(folder / "site_config.json").write_text(json.dumps(found))
	return folder


def dump_database(config: dict, target: Path) -> None:
	"""Write a site's database, which is on the bench's server, to a file."""
	options = ["--single-transaction", "--quick", "--skip-lock-tables", "--no-tablespaces"]
	place = ["--socket", config["db_socket"]] if config.get("db_socket") else ["--host", config["db_host"]]
	user = ["--user", config["db_name"], f"--password={config['db_password']}"]
	with target.open("w") as lines:
		command = ["mariadb-dump", "--no-defaults", *place, *user, *options, config["db_name"]]
		run(command, stdout=lines)


def _wait(is_done, message: str) -> None:
	deadline = time.monotonic() + SECONDS
	while not is_done():
		assert time.monotonic() < deadline, message
		time.sleep(0.1)


def _free_port() -> int:
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		return probe.getsockname()[1]


def _as_root() -> list[str]:
	return ["--user=root"] if os.geteuid() == 0 else []
