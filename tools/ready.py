"""What every command that needs a bench does first: system packages, tools, bench, services, this checkout in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from tools import bench as benches
from tools import link, needs, system, toolenv
from tools.bench import Bench
from tools.lock import Lock, held
from tools.paths import CACHE, Places
from tools.platforms import Platform
from tools.say import line
from tools.services import Services

BUILDING = "Waiting for another run that builds this bench …"
BUILDING_ANOTHER = "Waiting for another platform's bench that is being built …"


def tools_ready() -> None:
	# Databases listen in here: it's nobody else's.
	CACHE.mkdir(parents=True, exist_ok=True, mode=0o700)
	system.provide([needs.VENV])
	with held(CACHE / "tools.lock", waiting="Waiting for another run that installs the tools …"):
		toolenv.provide()


def ready_bench(platform: Platform, *, browser: bool = False, fresh: bool = False) -> Bench:
	"""The platform's bench, with all that it takes to have it."""
	system.provide([*needs.of_bench(platform), *(needs.of_browser() if browser else [])])
	if browser:
		system.provide_if_possible([needs.HEADLESS])
	tools_ready()
	with held(Places(platform.name).locks / "build", waiting=BUILDING):
		bench = None if fresh else benches.standing(platform)
		if bench is None:
			bench = _build(platform)
	if left_out := [source.title for source in platform.sources if source.app not in bench.apps]:
		line(f"This bench was built without {', '.join(left_out)}; `make bench FRESH=1` tries again.")
	return bench


@contextmanager
def ready_services(bench: Bench, *, keep: bool = False) -> Iterator[Services]:
	"""Services run, and the bench holds this checkout and no other, while the block runs; with `keep` also after it."""
	services = Services(bench)
	with services.running(keep=keep):
		lock = _linked(bench)
		try:
			yield services
		finally:
			lock.close()


def _build(platform: Platform) -> Bench:
	"""Builds the bench when nothing runs on it: neither a demo nor a test run, nor servers that were left."""
	old = Services(Bench(platform, Places(platform.name), {"apps": []}))
	use = Lock(old.places.locks / "services")
	use.exclusive(waiting="Waiting for what runs on this bench to finish …")
	try:
		old.stop()
		# Two yarns that fill their common cache at once spoil each other's packages.
		with held(CACHE / "build.lock", waiting=BUILDING_ANOTHER):
			return benches.build(platform)
	finally:
		use.close()


def _linked(bench: Bench) -> Lock:
	told = False
	while True:
		# Not held while waiting: whoever uses the bench meanwhile may need it.
		with held(bench.places.locks / "build", waiting=BUILDING):
			lock = link.linked(bench)
		if lock:
			return lock
		if not told:
			line("Waiting for another clone that uses this bench to finish …")
		told = True
		time.sleep(1)
