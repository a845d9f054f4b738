"""Builds a platform's bench in the cache folder, once; a half-built one is thrown away at the next run."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import tempfile
from pathlib import Path

from tools import platforms, run, runtimes, sources, toolenv
from tools.paths import Places
from tools.platforms import Platform, Source
from tools.say import step


class Bench:
	"""A bench that stands: where it is, what's in it, and the environment that its commands run in."""

	def __init__(self, platform: Platform, places: Places, facts: dict[str, object]) -> None:
		self.platform = platform
		self.places = places
		self.apps: list[str] = list(facts["apps"])  # type: ignore[call-overload]
		self.node = Path(str(facts["node"])) if facts.get("node") else None
		# Where jobs are put and looked for, when that isn't the queue that the bench's other sites share.
		self.jobs = ""

	def env(self) -> dict[str, str]:
		# Frappe takes the variable before any settings, on the sites' side and on the worker's and realtime's.
		return {**_env(self.places, self.node), **({"FRAPPE_REDIS_QUEUE": self.jobs} if self.jobs else {})}

	def frappe(self, *arguments: str) -> list[str | Path]:
		"""A command of Frappe, as `bench` would run it, to be run in the sites folder."""
		return [self.places.python, "-m", "frappe.utils.bench_helper", "frappe", *arguments]

	def call(self, site: str, *arguments: str, what: str = "") -> None:
		"""Runs a command of Frappe on a site, its output in the site's log."""
		log = self.places.logs / f"{site}.log"
		run.logged(
			self.frappe("--site", site, *arguments), log, cwd=self.places.sites, env=self.env(), what=what
		)


def standing(platform: Platform) -> Bench | None:
	"""The platform's bench; None when it isn't there, is half-built, or was built from other sources."""
	places = Places(platform.name)
	facts = _read(places.marker)
	if facts.get("key") != platforms.key(platform, os.environ) or not places.python.exists():
		return None
	return Bench(platform, places, facts)


def build(platform: Platform) -> Bench:
	"""Builds the bench, in the place of one that may be there."""
	places = Places(platform.name)
	facts = {"key": platforms.key(platform, os.environ), **_build(platform, places)}
	places.marker.write_text(json.dumps(facts, indent="\t"))
	return Bench(platform, places, facts)


def _build(platform: Platform, places: Places) -> dict[str, object]:
	found = sources.reachable(platform)
	# Without its marker a bench counts as half-built, however far this gets.
	places.marker.unlink(missing_ok=True)
	places.link_marker.unlink(missing_ok=True)
	for folder in (places.bench, places.templates, places.data):
		shutil.rmtree(folder, ignore_errors=True)
	log = places.logs / "build.log"
	log.parent.mkdir(parents=True, exist_ok=True)
	log.unlink(missing_ok=True)

	python, node = _interpreters(platform.frappe, log)
	env = _env(places, node)
	with step(f"Building the bench of {platform.name} (Python at {python})"):
		_init(platform, places, python, log, env)
	for source in found[1:]:
		with step(f"Getting {source.title} {source.ref}"):
			_get(source, places, log, env)
	with step("Building the assets of the Desk"):
		names = ",".join(source.app for source in found if not source.server_only)
		build = [
			places.python,
			"-m",
			"frappe.utils.bench_helper",
			"frappe",
			"build",
			"--production",
			"--apps",
			names,
		]
		run.logged(build, log, cwd=places.sites, env=env)
	return {"apps": [source.app for source in found], "node": str(node) if node else ""}


def _interpreters(frappe: Source, log: Path) -> tuple[Path, Path | None]:
	title = f"Reading what {frappe.title} {frappe.ref} asks for"
	with tempfile.TemporaryDirectory() as folder, step(title):
		sources.clone_outline(frappe, folder)
		requires, engines = runtimes.asked(Path(folder))
	return runtimes.python_for(requires, log), runtimes.node_for(engines, log)


def _init(platform: Platform, places: Places, python: Path, log: Path, env: dict[str, str]) -> None:
	# A configuration that is there beforehand gives the bench its ports, and lets `bench` work as root.
	places.sites.mkdir(parents=True)
	config = {"frappe_user": getpass.getuser(), **ports(platform)}
	(places.sites / "common_site_config.json").write_text(json.dumps(config))
	source = platform.frappe
	command = [
		toolenv.tool("bench"),
		"init",
		"--ignore-exist",
		"--no-backups",
		"--no-procfile",
		"--skip-assets",
	]
	command += [
		"--python",
		str(python),
		"--frappe-path",
		source.at(os.environ),
		"--frappe-branch",
		source.ref,
	]
	run.logged([*command, places.bench], log, cwd=places.bench, env=env, what="bench init")


def ports(platform: Platform) -> dict[str, object]:
	"""The ports that this platform's servers prefer; `services` takes others where these are taken."""
	first = platform.first_port
	return {
		"webserver_port": first,
		"socketio_port": first + 9,
		"file_watcher_port": first + 7,
		"redis_queue": f"redis://127.0.0.1:{first + 11}",
		"redis_cache": f"redis://127.0.0.1:{first + 13}",
		"redis_socketio": f"redis://127.0.0.1:{first + 13}",
	}


def _get(source: Source, places: Places, log: Path, env: dict[str, str]) -> None:
	address = source.at(os.environ)
	if not source.server_only:
		command = [toolenv.tool("bench"), "get-app", "--skip-assets", "--branch", source.ref, address]
		run.logged(command, log, cwd=places.bench, env=env, what=f"bench get-app {source.app}")
		return
	# `bench get-app` would install the frontend's packages too, however the assets are skipped.
	target = places.bench / "apps" / source.app
	run.logged(["git", "clone", "--depth=1", "--branch", source.ref, address, target], log, env=env)
	_pip(places, log, env, "--editable", target)
	list_app(places, source.app)


def list_app(places: Places, app: str) -> None:
	"""Adds the app to the bench's list of apps, once."""
	listed = places.sites / "apps.txt"
	apps = listed.read_text().split()
	if app not in apps:
		listed.write_text("\n".join([*apps, app]) + "\n")


def _pip(places: Places, log: Path, env: dict[str, str], *arguments: str | os.PathLike[str]) -> None:
	run.logged([toolenv.tool("uv"), "pip", "install", "--python", places.python, *arguments], log, env=env)


def _env(places: Places, node: Path | None) -> dict[str, str]:
	first = [places.bench / "env" / "bin", toolenv.node_tool(toolenv.YARN).parent]
	return toolenv.child_env(*([node] if node else []), *first)


def _read(path: Path) -> dict[str, object]:
	try:
		return json.loads(path.read_text())
	except (OSError, ValueError):
		return {}
