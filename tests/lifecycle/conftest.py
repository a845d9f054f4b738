"""The site of the life cycle. It cannot be used afterwards: run this suite last (`make test` does).

CRM_SITE has the app installed and no records yet. Each step runs in a separate process, like an administrator's
command. Run from the bench's `sites` folder.
"""

import json
import os
import shlex
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

ENV = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
APP = "crm_interactions"
FRAPPE = ("-m", "frappe.utils.bench_helper", "frappe")
HAS_CRM = Path("../apps/crm").exists()


class Site:
	def __init__(self, name: str, scratch: Path):
		self.name = name
		self.scratch = scratch

	def bench(self, *command: str) -> str:
		"""Run a command as `bench --site …` does, without the bench program, and return its output."""
		return self.run(*FRAPPE, "--site", self.name, *command)

	def install(self, app: str = APP) -> None:
		self.bench("install-app", app)

	def uninstall(self, app: str = APP) -> None:
		self.bench("uninstall-app", app, "--yes", "--no-backup")

	def use(self) -> None:
		self.run("-m", "tests.lifecycle.use", self.name)

	def snapshot(self, title: str) -> dict:
		return self.read("snapshot", f"{title}.json")

	def partners(self, what: str) -> dict:
		return self.read("partners", "partners.json", what)

	def read(self, script: str, file: str, *arguments: str) -> dict:
		"""Run a script of this folder that writes a JSON file, and return the content."""
		target = self.scratch / file
		self.run("-m", f"tests.lifecycle.{script}", self.name, *arguments, str(target))
		return json.loads(target.read_text(encoding="utf-8"))

	def fail_wizard(self) -> dict:
		"""Let the tool complete the setup wizard with an unknown country. Return its exit status, errors and log."""
		log = self.scratch / "wizard.log"
		done = python("-m", "tests.lifecycle.wizard", self.name, str(log), "Atlantis")
		return {"status": done.returncode, "errors": done.stderr, "log": log}

	def run(self, *arguments: str) -> str:
		done = python(*arguments)
		assert done.returncode == 0, f"{arguments}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
		return done.stdout


def python(*arguments: str) -> subprocess.CompletedProcess:
	command = [sys.executable, "-W", "ignore", *arguments]
	return subprocess.run(command, env=ENV, capture_output=True, text=True, check=False)  # noqa: S603  this folder's scripts


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Site:
	return Site(os.environ["CRM_SITE"], tmp_path_factory.mktemp("lifecycle"))


@pytest.fixture(scope="session")
def futures(request, site, tmp_path_factory):
	"""Start the life cycles that the selected tests need in parallel, since each mostly waits for processes."""
	wanted = {name for item in request.session.items for name in item.fixturenames}
	with ThreadPoolExecutor() as pool:
		lives: dict[str, Future] = {}
		if "life" in wanted:
			lives["life"] = pool.submit(follow_the_app, site)
		if "later" in wanted and HAS_CRM:
			lives["later"] = pool.submit(follow_a_later_app, tmp_path_factory.mktemp("later"))
		yield lives


@pytest.fixture(scope="session")
def life(futures) -> dict[str, dict]:
	"""Return a snapshot of the site for each point of two life cycles of the app."""
	return futures["life"].result()


@pytest.fixture(scope="session")
def later(futures) -> dict[str, dict]:
	"""Return the partners of another site before, with and after Frappe CRM."""
	return futures["later"].result()


def follow_the_app(site: Site) -> dict[str, dict]:
	held = {"installed": site.snapshot("installed")}
	site.use()
	held["used"] = site.snapshot("used")
	for times in ("once", "twice"):
		site.bench("migrate")
		held[f"migrated {times}"] = site.snapshot(f"migrated {times}")
	site.uninstall()
	held["uninstalled"] = site.snapshot("uninstalled")
	site.install()
	held["installed again"] = site.snapshot("installed again")
	site.use()
	site.uninstall()
	held["uninstalled again"] = site.snapshot("uninstalled again")
	return held


def follow_a_later_app(scratch: Path) -> dict[str, dict]:
	"""Install and uninstall Frappe CRM on a new site without ERPNext, which would take minutes to install."""
	site = Site("later.localhost", scratch)
	options = shlex.split(os.environ["CRM_NEW_SITE_OPTIONS"])
	site.run(*FRAPPE, "new-site", site.name, "--force", "--admin-password", "admin", *options)
	try:
		held = {"wizard": site.fail_wizard()}
		site.install()
		held["alone"] = site.partners("look")
		site.install("crm")
		held["come"] = site.partners("use")
		site.uninstall("crm")
		held["gone"] = site.partners("look")
		return held
	finally:
		# drop-site has no --db-type: the site's configuration has it
		rest = options[options.index("--db-type") + 2 :]
		drop = ("drop-site", site.name, "--no-backup", "--force", "--archived-sites-path", str(scratch))
		site.run(*FRAPPE, *drop, *rest)
