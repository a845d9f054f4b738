"""The site whose life is followed. It is used up: run this suite last (`make test` does).

CRM_SITE is a site with the app installed and nothing recorded in it yet. Everything is done from outside, each
step in a process of its own, as an administrator's commands are; run from the bench's `sites` folder.
"""

import json
import os
import shlex
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

HERE = Path(__file__).parent
APP = "crm_interactions"
FRAPPE = ("-m", "frappe.utils.bench_helper", "frappe")
HAS_CRM = Path("../apps/crm").exists()


class Site:
	def __init__(self, name: str, scratch: Path):
		self.name = name
		self.scratch = scratch

	def bench(self, *command: str) -> str:
		"""Run a command of `bench --site …`, without needing the bench program itself."""
		return self.run(*FRAPPE, "--site", self.name, *command)

	def install(self, app: str = APP) -> None:
		self.bench("install-app", app)

	def uninstall(self, app: str = APP) -> None:
		self.bench("uninstall-app", app, "--yes", "--no-backup")

	def use(self) -> None:
		self.run(str(HERE / "use.py"), self.name)

	def snapshot(self, title: str) -> dict:
		target = self.scratch / f"{title}.json"
		self.run(str(HERE / "snapshot.py"), self.name, str(target))
		return json.loads(target.read_text(encoding="utf-8"))

	def partners(self, what: str) -> dict:
		target = self.scratch / "partners.json"
		self.run(str(HERE / "partners.py"), self.name, what, str(target))
		return json.loads(target.read_text(encoding="utf-8"))

	def fail_wizard(self) -> dict:
		"""Let the tool answer the setup wizard with a country that does not exist."""
		log = self.scratch / "wizard.log"
		command = [sys.executable, "-W", "ignore", str(HERE / "wizard.py"), self.name, str(log), "Atlantis"]
		done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  as below
		return {"status": done.returncode, "told": done.stderr, "log": log}

	def run(self, *arguments: str) -> str:
		done = subprocess.run(  # noqa: S603  this Python with this folder's scripts
			[sys.executable, "-W", "ignore", *arguments], capture_output=True, text=True, check=False
		)
		assert done.returncode == 0, f"{arguments}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
		return done.stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Site:
	return Site(os.environ["CRM_SITE"], tmp_path_factory.mktemp("lifecycle"))


@pytest.fixture(scope="session")
def begun(request, site, tmp_path_factory):
	"""Both sites' lives go on side by side, as far as a test that was chosen looks at them: each has to wait a lot."""
	wanted = {name for item in request.session.items for name in item.fixturenames}
	with ThreadPoolExecutor() as pool:
		lives: dict[str, Future] = {}
		if "life" in wanted:
			lives["life"] = pool.submit(follow_the_app, site)
		if "later" in wanted and HAS_CRM:
			lives["later"] = pool.submit(follow_a_later_app, tmp_path_factory.mktemp("later"))
		yield lives


@pytest.fixture(scope="session")
def life(begun) -> dict[str, dict]:
	"""Return what the site held at each point of two lives of the app on it."""
	return begun["life"].result()


@pytest.fixture(scope="session")
def later(begun) -> dict[str, dict]:
	"""Return what another site knew before Frappe CRM came, with it, and after it went."""
	return begun["later"].result()


def follow_the_app(site: Site) -> dict[str, dict]:
	held = {"installed": site.snapshot("installed")}
	site.use()
	held["used"] = site.snapshot("used")
	for times in ("once", "twice"):
		site.bench("migrate")
		held[f"migrated {times}"] = site.snapshot(f"migrated_{times}")
	site.uninstall()
	held["uninstalled"] = site.snapshot("uninstalled")
	site.install()
	held["installed again"] = site.snapshot("installed_again")
	site.use()
	site.uninstall()
	held["uninstalled again"] = site.snapshot("uninstalled_again")
	return held


def follow_a_later_app(scratch: Path) -> dict[str, dict]:
	"""A site of the platform alone, made here: the other one may have ERPNext, which takes minutes to come or go."""
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
		# the type of the database is the site's now, and stays where it is
		rest = options[options.index("--db-type") + 2 :]
		site.run(
			*FRAPPE,
			"drop-site",
			site.name,
			"--no-backup",
			"--force",
			"--archived-sites-path",
			str(scratch),
			*rest,
		)
