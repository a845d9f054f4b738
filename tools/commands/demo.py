"""`make demo`: a site with demo data, served until Ctrl-C; its last lines say where, who and what to try."""

from __future__ import annotations

import json
import time
from pathlib import Path

from tools import link, ready, run, sites
from tools.bench import Bench
from tools.lock import Lock
from tools.paths import APP, CHECKOUT
from tools.say import Failure, line, step
from tools.services import Services
from tools.settings import Settings
from tools.web import Web, serving

SITE = "demo.localhost"
PORT = 8000
CONFIG = {"developer_mode": 0, "mute_emails": 1}
# What a site has to be migrated for when it changes.
SCHEMA = ("*.json", "*.py", "*.txt", "*.csv", "*.html")


def main(settings: Settings) -> int:
	bench = ready.ready_bench(settings.platform)
	with ready.ready_services(bench) as services:
		alone = Lock(bench.places.locks / "demo")
		if not alone.try_exclusive():
			raise Failure("The demo is running already on this bench, in another shell.")
		people = _site(services, settings)
		with serving(bench, SITE, settings.port or PORT, host="localhost", scheduler=True) as web:
			_tell(bench, web, people)
			_watch(bench, web)
	return 0


def _watch(bench: Bench, web: Web) -> None:
	"""Until Ctrl-C, which is the demo's usual end."""
	try:
		while not (ended := web.ended()):
			time.sleep(1)
	except KeyboardInterrupt:
		line("\nThe demo is stopped.")
		return
	raise Failure(f"The demo's {ended} process ended by itself; see {bench.places.logs}")


def _site(services: Services, settings: Settings) -> list[dict[str, str]]:
	"""Makes the site, or brings the one that's there up to the checkout. Returns who can sign in."""
	bench = services.bench
	memory = bench.places.run / "demo.json"
	schema = link.fingerprint(path for kind in SCHEMA for path in (CHECKOUT / APP).rglob(kind))
	known = _read(memory)
	if settings.fresh or not known or not sites.exists(bench, SITE):
		memory.unlink(missing_ok=True)
		sites.make(services, SITE, CONFIG)
		with step("Filling it with demo data"):
			bench.call(SITE, "execute", f"{APP}.demo.create", what="Creating the demo data")
	elif known.get("schema") != schema:
		with step("Bringing the demo site up to this checkout"):
			bench.call(SITE, "migrate", "--skip-search-index", what="Migrating the demo site")
	else:
		return known["people"]
	people = _people(bench)
	memory.write_text(json.dumps({"schema": schema, "people": people}))
	return people


def _people(bench: Bench) -> list[dict[str, str]]:
	"""The users that the demo data brought: [{user, password, role, try}]."""
	command = bench.frappe("--site", SITE, "execute", f"{APP}.demo.credentials")
	told = run.answer(command, cwd=bench.places.sites, env=bench.env(), timeout=120)
	for text in reversed((told or "").splitlines()):
		try:
			return list(json.loads(text))
		except ValueError:
			continue
	raise Failure(f"{APP}.demo.credentials() doesn't tell who can sign in.")


def _tell(bench: Bench, web: Web, people: list[dict[str, str]]) -> None:
	"""The last lines: where it is, who can sign in, and what each of them may try, the best start first."""
	line(f"\nLogs are in {bench.places.logs}. Ctrl-C stops the demo; FRESH=1 makes it anew.\n")
	line(f"The demo is at {web.url}")
	for person in people:
		line(f"  {person['user']}  password: {person['password']}  ({person['role']})")
		if hint := person.get("try"):
			line(f"    {hint}")


def _read(path: Path) -> dict:
	try:
		return json.loads(path.read_text())
	except (OSError, ValueError):
		return {}
