"""Build the pages of apps with a front end of their own, once for each bench."""

import shutil

from tools import run
from tools.bench import Bench
from tools.platforms import Source
from tools.say import Failure, line, step


def missing(bench: Bench) -> list[Source]:
	"""Return the bench's apps whose pages aren't built yet."""
	apps = bench.places.bench / "apps"
	sources = [source for source in bench.platform.sources if source.page and source.app in bench.apps]
	return [source for source in sources if not (apps / source.app / source.page).exists()]


def build(bench: Bench, source: Source) -> None:
	"""Build the pages of an app; after a failure, print it and go on without them."""
	try:
		with step(f"Building the pages of {source.title}"):
			_build(bench, source)
	except Failure as problem:
		line(str(problem))
		line(f"Continuing without the pages of {source.title}; the next run tries again.")


def _build(bench: Bench, source: Source) -> None:
	folder = bench.places.bench / "apps" / source.app
	# releases that aren't a workspace of yarn lock the packages of the front end apart
	locked = [place for place in (folder, folder / "frontend") if (place / "yarn.lock").exists()]
	log = bench.places.logs / f"{source.app}-pages.log"
	log.unlink(missing_ok=True)
	# The app's own install script would install everything a second time.
	install = ["yarn", "install", "--frozen-lockfile", "--ignore-scripts", "--non-interactive"]
	for place in locked:
		run.logged(
			install, log, cwd=place, env=bench.env(), what=f"Installing the packages of {source.title}"
		)
	# The page is written last, so the next run repeats an interrupted build.
	run.logged(["yarn", "build"], log, cwd=folder, env=bench.env(), what=f"Building {source.title}")
	# Hundreds of megabytes that only the build needs.
	for place in locked:
		shutil.rmtree(place / "node_modules", ignore_errors=True)
