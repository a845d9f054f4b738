"""`make demo`: serve a site with demo data until Ctrl-C. The last lines give its address, users and things to try."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tools import link, ready, run, sites
from tools.bench import Bench
from tools.lock import Lock
from tools.paths import APP, CHECKOUT, read_json
from tools.say import Failure, line, step
from tools.services import Services
from tools.settings import Settings
from tools.web import Web, serving

SITE = "demo.localhost"
PORT = 8000
CONFIG = {"developer_mode": 0, "mute_emails": 1}
# Files whose changes require a migration of the site.
SCHEMA = ("*.json", "*.py", "*.txt", "*.csv", "*.html")


def main(settings: Settings) -> int:
	bench = ready.ready_bench(settings.platform)
	with ready.ready_services(bench) as services, alone(bench):
		people = site_of(services, settings)
		with serving(bench, SITE, settings.port or PORT, host="localhost", scheduler=True) as web:
			_print_instructions(bench, web, people)
			_watch(bench, web)
	return 0


@contextmanager
def alone(bench: Bench) -> Iterator[None]:
	"""Keep other shells from serving the bench's demo site; raise Failure if one does."""
	lock = Lock(bench.places.locks / "demo")
	if not lock.try_exclusive():
		raise Failure("The demo is already running on this bench. Stop it in the other shell first.")
	try:
		yield
	finally:
		lock.close()


def _watch(bench: Bench, web: Web) -> None:
	"""Wait for Ctrl-C, the demo's usual end; raise Failure if one of the site's processes ends."""
	try:
		while not (ended := web.ended()):
			time.sleep(1)
	except KeyboardInterrupt:
		line("\nThe demo is stopped.")
		return
	raise Failure(f"The demo's {ended} process ended unexpectedly. See its log in {bench.places.logs}.")


def site_of(services: Services, settings: Settings) -> list[dict[str, str]]:
	"""Make the site, or migrate the existing one if the checkout has changed. Return the users who can sign in."""
	bench = services.bench
	memory = bench.places.run / "demo.json"
	schema = link.fingerprint(path for kind in SCHEMA for path in (CHECKOUT / APP).rglob(kind))
	known = read_json(memory)
	if settings.fresh or not known or not sites.exists(bench, SITE):
		memory.unlink(missing_ok=True)
		sites.make(services, SITE, CONFIG)
		with step("Filling it with demo data"):
			bench.call(SITE, "execute", f"{APP}.demo.create", what="Creating the demo data")
	elif known.get("schema") != schema:
		with step("Migrating the demo site to this checkout"):
			bench.call(SITE, "migrate", "--skip-search-index", what="Migrating the demo site")
	else:
		return known["people"]
	people = _people(bench)
	memory.write_text(json.dumps({"schema": schema, "people": people}))
	return people


def _people(bench: Bench) -> list[dict[str, str]]:
	"""Return the users of the demo data: [{user, password, role, try}]."""
	command = bench.frappe("--site", SITE, "execute", f"{APP}.demo.credentials")
	output = run.answer(command, cwd=bench.places.sites, env=bench.env(), timeout=120)
	for text in reversed((output or "").splitlines()):
		try:
			return list(json.loads(text))
		except ValueError:
			continue
	raise Failure(f"{APP}.demo.credentials() did not return the demo's users.")


def _print_instructions(bench: Bench, web: Web, people: list[dict[str, str]]) -> None:
	"""Print the demo's address and its users with a hint for each, the best start first."""
	line(f"\nLogs are in {bench.places.logs}. Ctrl-C stops the demo; FRESH=1 rebuilds it.\n")
	line(f"The demo is at {web.url}")
	for person in people:
		line(f"  {person['user']}  password: {person['password']}  ({person['role']})")
		if hint := person.get("try"):
			line(f"    {hint}")
