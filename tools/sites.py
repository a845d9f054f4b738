"""Make sites as copies of a template without the app, which takes seconds, and install the app on each."""

import hashlib
import json
import os
import secrets
import shutil
from datetime import datetime, timezone
from pathlib import Path

from tools import run
from tools.bench import Bench
from tools.lock import held
from tools.paths import APP, CHECKOUT
from tools.say import step
from tools.services import Services

ADMIN_PASSWORD = "admin"  # noqa: S105  the sites answer on this machine only
# Raise it when the steps that make a template change.
TEMPLATE_RECIPE = 1
TEMPLATE_SITE = "template.localhost"
TEMPLATE_DATABASE = "crm_template"
INSIDE = CHECKOUT / "tools" / "inside"
# Their contents are part of a template's name.
WIZARD_SCRIPTS = ("prepare.py", "set_up.py")
# the time zone of new sites, read by `prepare.py`
ZONE = "CRM_TIME_ZONE"


def exists(bench: Bench, site: str) -> bool:
	return (bench.places.sites / site / "site_config.json").exists()


def make(services: Services, site: str, config: dict[str, object]) -> None:
	"""Make a site with the app installed; an existing site of that name is replaced."""
	bench = services.bench
	with held(bench.places.locks / "template", waiting="Waiting for another run that is making a site …"):
		template = _template(services)
		drop(services, site)
		with step(f"Copying the template to {site}"):
			_copy(services, template, site, config)
	install(bench, site)


def install(bench: Bench, site: str) -> None:
	with step(f"Installing {APP} on {site}"):
		bench.call(site, "install-app", APP, what=f"Installing {APP}")


def drop(services: Services, site: str) -> None:
	"""Remove the site with its database, if it exists."""
	folder = services.bench.places.sites / site
	if services.database and (folder / "site_config.json").exists():
		services.database.drop(json.loads((folder / "site_config.json").read_text())["db_name"])
	shutil.rmtree(folder, ignore_errors=True)


def set_config(bench: Bench, site: str, config: dict[str, object]) -> None:
	path = bench.places.sites / site / "site_config.json"
	path.write_text(json.dumps({**json.loads(path.read_text()), **config}, indent=1, sort_keys=True))


def database_options(services: Services) -> list[str]:
	"""Return the options of `bench new-site` for the platform's database."""
	return services.database.new_site_options() if services.database else ["--db-type", "sqlite"]


def _template(services: Services) -> Path:
	"""Return the folder of a template for the current apps of the bench; make it if there is none."""
	bench = services.bench
	heads = [
		run.answer(["git", "-C", bench.places.bench / "apps" / app, "rev-parse", "HEAD"])
		for app in bench.apps
	]
	scripts = [(INSIDE / name).read_text() for name in WIZARD_SCRIPTS]
	key = json.dumps([TEMPLATE_RECIPE, bench.apps, heads, scripts, _year(), os.environ.get(ZONE)])
	folder = bench.places.templates / hashlib.sha256(key.encode()).hexdigest()[:12]
	if not folder.exists():
		shutil.rmtree(bench.places.templates, ignore_errors=True)
		drop(services, TEMPLATE_SITE)
		_make_template(services, folder)
	return folder


def _year() -> int:
	"""Return the year, which a template depends on: ERPNext accepts no order outside a fiscal year."""
	return datetime.now(timezone.utc).year


def _make_template(services: Services, folder: Path) -> None:
	bench = services.bench
	log = bench.places.logs / "template.log"
	log.unlink(missing_ok=True)
	with step("Making a template site"):
		options = ["--db-name", TEMPLATE_DATABASE, "--admin-password", ADMIN_PASSWORD]
		command = bench.frappe("new-site", TEMPLATE_SITE, *options, *database_options(services))
		bench.logged(command, log, "bench new-site")
	for app in bench.apps[1:]:
		with step(f"Installing {app} on the template site"):
			bench.logged(bench.frappe("--site", TEMPLATE_SITE, "install-app", app), log, f"Installing {app}")
	with step("Completing the setup wizard"):
		answer_wizard(bench, TEMPLATE_SITE, log)
	with step("Saving the template"):
		half = folder.with_name("half")
		shutil.copytree(
			bench.places.sites / TEMPLATE_SITE, half / "site", ignore=shutil.ignore_patterns("logs", "locks")
		)
		if services.database:
			services.database.dump(TEMPLATE_DATABASE, half / "database")
		half.rename(folder)
		drop(services, TEMPLATE_SITE)


def answer_wizard(bench: Bench, site: str, log: Path, **answers: object) -> None:
	"""Run the setup wizard of a new site with its output in `log`.

	Args:
		answers: Fields of the wizard that differ from those in `prepare.py`, such as `country`.

	Raises:
		Failure: The wizard did not complete; the message has its last error and the path of the log.
	"""
	script = [bench.places.python, INSIDE / WIZARD_SCRIPTS[0], site, json.dumps(answers)]
	bench.logged(script, log, "The setup wizard")


def _copy(services: Services, template: Path, site: str, config: dict[str, object]) -> None:
	folder = services.bench.places.sites / site
	shutil.copytree(template / "site", folder)
	(folder / "logs").mkdir(exist_ok=True)
	(folder / "locks").mkdir(exist_ok=True)
	# Frappe's cache keys sites by the name of their database: a new name starts with an empty cache, shared with no
	# other copy of the template.
	name, password = f"crm_{secrets.token_hex(6)}", secrets.token_urlsafe(16)
	set_config(services.bench, site, {**config, "db_name": name, "db_user": name, "db_password": password})
	if services.database:
		services.database.restore(template / "database", name, password)
	else:
		(folder / "db" / f"{TEMPLATE_DATABASE}.db").rename(folder / "db" / f"{name}.db")
