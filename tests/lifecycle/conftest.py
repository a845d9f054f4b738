"""The site whose life is followed. It is used up: run this suite last (`make test` does).

CRM_SITE is a site with the app installed and nothing recorded in it yet. Everything is done from outside, each
step in a process of its own, as an administrator's commands are; run from the bench's `sites` folder.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
APP = "crm_interactions"


class Site:
	def __init__(self, name: str, scratch: Path):
		self.name = name
		self.scratch = scratch

	def bench(self, *command: str) -> str:
		"""Run a command of `bench --site …`, without needing the bench program itself."""
		return self.run("-m", "frappe.utils.bench_helper", "frappe", "--site", self.name, *command)

	def install(self) -> None:
		self.bench("install-app", APP)

	def uninstall(self) -> None:
		self.bench("uninstall-app", APP, "--yes", "--no-backup")

	def use(self) -> None:
		self.run(str(HERE / "use.py"), self.name)

	def snapshot(self, title: str) -> dict:
		target = self.scratch / f"{title}.json"
		self.run(str(HERE / "snapshot.py"), self.name, str(target))
		return json.loads(target.read_text(encoding="utf-8"))

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
def life(site) -> dict[str, dict]:
	"""Return what the site held at each point of two lives of the app on it."""
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
