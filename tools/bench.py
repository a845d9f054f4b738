"""Build a platform's bench once, in the cache folder; the next run discards a half-built one."""

import getpass
import json
import os
import shutil
import tempfile
from pathlib import Path

from tools import platforms, run, runtimes, sources, toolenv
from tools.paths import Places, read_json
from tools.platforms import Platform, Source
from tools.say import step


class Bench:
	"""A finished bench: its folders, its apps and the environment of its commands."""

	def __init__(self, platform: Platform, places: Places, facts: dict[str, object]) -> None:
		self.platform = platform
		self.places = places
		self.apps: list[str] = list(facts["apps"])  # type: ignore[call-overload]
		self.node = Path(str(facts["node"])) if facts.get("node") else None
		# Address of a separate job queue; empty for the queue that the bench's sites share.
		self.jobs = ""

	def env(self) -> dict[str, str]:
		# The variable overrides the bench's settings in web, worker and realtime processes alike.
		return {**_env(self.places, self.node), **({"FRAPPE_REDIS_QUEUE": self.jobs} if self.jobs else {})}

	def frappe(self, *arguments: str) -> list[str | Path]:
		"""Return the command line of a Frappe command, as `bench` runs it, for the sites folder."""
		return _frappe(self.places, *arguments)

	def logged(self, command: run.Command, log: Path, what: str) -> None:
		"""Run a command in the sites folder, with its output in `log`."""
		run.logged(command, log, cwd=self.places.sites, env=self.env(), what=what)

	def call(self, site: str, *arguments: str, what: str) -> None:
		"""Run a Frappe command on a site, with its output in the site's log."""
		self.logged(self.frappe("--site", site, *arguments), self.places.logs / f"{site}.log", what)


def existing(platform: Platform) -> Bench | None:
	"""Return the platform's bench, or None if it is missing, half-built or built from other sources."""
	places = Places(platform.name)
	facts = read_json(places.marker)
	if facts.get("key") != platforms.key(platform, os.environ) or not places.python.exists():
		return None
	return Bench(platform, places, facts)


def build(platform: Platform) -> Bench:
	"""Build the platform's bench and return it; an existing one is replaced."""
	places = Places(platform.name)
	facts = {"key": platforms.key(platform, os.environ), **_build(platform, places)}
	places.marker.write_text(json.dumps(facts, indent="\t"))
	return Bench(platform, places, facts)


def _build(platform: Platform, places: Places) -> dict[str, object]:
	found = sources.reachable(platform)
	# Without its marker, a bench counts as half-built if this run is interrupted.
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
		build = _frappe(places, "build", "--production", "--apps", names)
		run.logged(build, log, cwd=places.sites, env=env)
	return {"apps": [source.app for source in found], "node": str(node) if node else ""}


def _interpreters(frappe: Source, log: Path) -> tuple[Path, Path | None]:
	title = f"Reading the requirements of {frappe.title} {frappe.ref}"
	with tempfile.TemporaryDirectory() as folder, step(title):
		sources.clone_outline(frappe, folder)
		requires, engines = runtimes.requirements(Path(folder))
	return runtimes.python_for(requires, log), runtimes.node_for(engines, log)


def _init(platform: Platform, places: Places, python: Path, log: Path, env: dict[str, str]) -> None:
	# `bench init` keeps an existing configuration: it sets the ports, and lets `bench` work as root.
	places.sites.mkdir(parents=True)
	config = {"frappe_user": getpass.getuser(), **ports(platform)}
	(places.sites / "common_site_config.json").write_text(json.dumps(config))
	source = platform.frappe
	options = ["--ignore-exist", "--no-backups", "--no-procfile", "--skip-assets", "--python", python]
	options += ["--frappe-path", source.at(os.environ), "--frappe-branch", source.ref]
	command = [toolenv.tool("bench"), "init", *options, places.bench]
	run.logged(command, log, cwd=places.bench, env=env, what="bench init")


def ports(platform: Platform) -> dict[str, object]:
	"""Return the preferred ports of the platform's servers; `services` replaces those that are taken."""
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
	# `bench get-app` installs the frontend's packages even with --skip-assets.
	target = places.bench / "apps" / source.app
	run.logged(["git", "clone", "--depth=1", "--branch", source.ref, address, target], log, env=env)
	_pip(places, log, env, "--editable", target)
	list_app(places, source.app)


def list_app(places: Places, app: str) -> None:
	"""Add the app to the bench's list of apps, unless it is listed already."""
	listed = places.sites / "apps.txt"
	apps = listed.read_text().split()
	if app not in apps:
		listed.write_text("\n".join([*apps, app]) + "\n")


def _pip(places: Places, log: Path, env: dict[str, str], *arguments: str | os.PathLike[str]) -> None:
	run.logged([toolenv.tool("uv"), "pip", "install", "--python", places.python, *arguments], log, env=env)


def _frappe(places: Places, *arguments: str) -> list[str | Path]:
	return [places.python, "-m", "frappe.utils.bench_helper", "frappe", *arguments]


def _env(places: Places, node: Path | None) -> dict[str, str]:
	first = [places.bench / "env" / "bin", toolenv.node_tool(toolenv.YARN).parent]
	return toolenv.child_env(*([node] if node else []), *first)
