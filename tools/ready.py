"""Prepare system packages, tools, a bench, its services and the checkout's link in it: every command's first steps."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from tools import bench as benches
from tools import frontends, link, needs, system, toolenv
from tools.bench import Bench
from tools.lock import Lock, held
from tools.paths import CACHE, Places
from tools.platforms import Platform
from tools.say import line
from tools.services import Services

BUILDING = "Waiting for another run that is building this bench …"
BUILDING_ANOTHER = "Waiting for another run that is building another platform's bench …"


def tools_ready() -> None:
	# Databases have their sockets here, so other users must not enter.
	CACHE.mkdir(parents=True, exist_ok=True, mode=0o700)
	system.provide([needs.VENV])
	with held(CACHE / "tools.lock", waiting="Waiting for another run that is installing the tools …"):
		toolenv.provide()


def ready_bench(
	platform: Platform, *, browser: bool = False, mail: bool = False, fresh: bool = False
) -> Bench:
	"""Return the platform's bench with all packages for it; build the bench if it is missing or `fresh`."""
	extra = [*(needs.of_browser() if browser else []), *(needs.of_mail() if mail else [])]
	system.provide([*needs.of_bench(platform), *extra])
	if browser:
		system.provide_if_possible([needs.HEADLESS])
	tools_ready()
	with held(Places(platform.name).locks / "build", waiting=BUILDING):
		bench = None if fresh else benches.existing(platform)
		if bench is None:
			bench = _build(platform)
		for source in frontends.missing(bench):
			# As in `_build`: concurrent yarn processes corrupt their common cache.
			with held(CACHE / "build.lock", waiting=BUILDING_ANOTHER):
				frontends.build(bench, source)
	if left_out := [source.title for source in platform.sources if source.app not in bench.apps]:
		line(f"This bench was built without {', '.join(left_out)}. Run `make bench FRESH=1` to try again.")
	return bench


@contextmanager
def ready_services(bench: Bench, *, keep: bool = False) -> Iterator[Services]:
	"""Run the services with the bench linked to this checkout while the block runs; with `keep`, leave them running."""
	services = Services(bench)
	with services.running(keep=keep):
		lock = _link_checkout(bench)
		try:
			yield services
		finally:
			lock.close()


def _build(platform: Platform) -> Bench:
	"""Wait until no demo or test run uses the bench, stop its servers and build it."""
	old = Services(Bench(platform, Places(platform.name), {"apps": []}))
	use = Lock(old.places.locks / "services")
	use.exclusive(waiting="Waiting for a demo or a test run on this bench to finish …")
	try:
		old.stop()
		# Concurrent yarn processes corrupt each other's packages in their common cache.
		with held(CACHE / "build.lock", waiting=BUILDING_ANOTHER):
			return benches.build(platform)
	finally:
		use.close()


def _link_checkout(bench: Bench) -> Lock:
	announced = False
	while True:
		# Released while waiting: the clone that uses the bench may need this lock.
		with held(bench.places.locks / "build", waiting=BUILDING):
			lock = link.link_checkout(bench)
		if lock:
			return lock
		if not announced:
			line("Waiting for another clone that is using this bench to finish …")
		announced = True
		time.sleep(1)
