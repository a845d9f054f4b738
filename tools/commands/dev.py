"""`make bench`, `make dev`, `make stop`, `make clean`: a bench for manual work."""

import shutil

from tools import needs, ready, sites, system, toolenv
from tools.bench import Bench
from tools.lock import Lock
from tools.paths import CHECKOUT, Places
from tools.say import Failure, line
from tools.services import Services
from tools.settings import Settings

SITE = "dev.localhost"
CONFIG = {"allow_tests": True, "mute_emails": 1, "disable_scheduler": 1}


def bench(settings: Settings) -> int:
	"""Prepare the bench and a site, and leave nothing running."""
	made = ready.ready_bench(settings.platform, fresh=settings.fresh)
	with ready.ready_services(made) as services:
		site = _site(services, settings)
	line(
		f"{settings.platform.name}: the bench is {made.places.bench}, its site is {site}. `make dev` starts its servers."
	)
	return 0


def packages(settings: Settings) -> int:
	"""Print the missing system packages that the platform's tests need, and install nothing."""
	line(
		" ".join(system.packages([*needs.of_bench(settings.platform), *needs.of_browser(), *needs.of_mail()]))
	)
	return 0


def dev(settings: Settings) -> int:
	"""Prepare the bench and a site, leave the servers running, and print the commands to use them in a shell."""
	made = ready.ready_bench(settings.platform)
	with ready.ready_services(made, keep=True) as services:
		site = _site(services, settings)
	for text in _instructions(made, site):
		line(text)
	return 0


def stop(settings: Settings) -> int:
	"""Stop the servers that `make dev` left running, unless a demo or a test run uses them."""
	services = _services(settings)
	use = Lock(services.places.locks / "services")
	services.keep.unlink(missing_ok=True)
	if not use.try_exclusive():
		line("A demo or a test run is using the servers. They stop when it ends.")
		return 0
	services.stop()
	line(f"{settings.platform.name}: all servers are stopped.")
	return 0


def clean(settings: Settings) -> int:
	"""Remove the platform's bench with its sites and databases."""
	services = _services(settings)
	use = Lock(services.places.locks / "services")
	if not use.try_exclusive():
		raise Failure("A demo or a test run is using this bench. Stop it first.")
	services.stop()
	if services.database:
		shutil.rmtree(services.database.data, ignore_errors=True)
	shutil.rmtree(services.places.root, ignore_errors=True)
	line(f"Removed {services.places.root}.")
	return 0


def _site(services: Services, settings: Settings) -> str:
	site = settings.site or SITE
	if settings.fresh or not sites.exists(services.bench, site):
		sites.make(services, site, CONFIG)
	return site


def _services(settings: Settings) -> Services:
	return Services(Bench(settings.platform, Places(settings.platform.name), {"apps": []}))


def _instructions(made: Bench, site: str) -> list[str]:
	port = made.platform.first_port
	return [
		f"\nThe servers of {made.platform.name} keep running; `make stop PLATFORM={made.platform.name}` stops them.",
		f"export PATH={made.places.bench}/env/bin:{toolenv.tool('')}:$PATH CRM_SITE={site}",
		f"cd {made.places.sites}",
		f"bench --site {site} migrate > /tmp/migrate.log        # after DocTypes change",
		f"bench --site {site} serve --port {port} --noreload   # http://localhost:{port}, Administrator / admin",
		f"python -m pytest {CHECKOUT}/tests/site",
	]
