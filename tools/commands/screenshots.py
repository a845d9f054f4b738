"""`make screenshots`: make the pictures of the documentation anew, in Chromium on a new demo site."""

from dataclasses import replace

from tools import ready, run, system
from tools.commands import demo
from tools.paths import CHECKOUT
from tools.say import line, step
from tools.settings import Settings
from tools.web import serving

SCRIPT = CHECKOUT / "tools" / "inside" / "pictures" / "screenshots.py"
FOLDER = CHECKOUT / "docs" / "images"


def main(settings: Settings) -> int:
	bench = ready.ready_bench(settings.platform, browser=True)
	with ready.ready_services(bench) as services, demo.alone(bench):
		# dates of the demo data count from its creation
		people = demo.site_of(services, replace(settings, fresh=True))
		with serving(bench, demo.SITE, settings.port or demo.PORT, host="localhost") as web:
			command = [bench.places.python, SCRIPT, web.url, people[0]["password"], FOLDER]
			with step("Taking the screenshots"):
				log = bench.places.logs / "screenshots.log"
				run.logged(command, log, env={**bench.env(), "CHROMIUM": system.browser()})
	for picture in sorted(FOLDER.glob("*.png")):
		line(f"{picture.relative_to(CHECKOUT)}  {picture.stat().st_size // 1024} kB")
	return 0
