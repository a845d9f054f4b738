"""Complete the setup wizard of a new site as `make` does, with the given country: `wizard.py SITE LOG COUNTRY`."""

import os
import sys
from pathlib import Path

from tools import __main__ as tool
from tools import platforms, sites
from tools.bench import Bench
from tools.paths import Places
from tools.say import step


def answer(settings) -> int:
	site, log, country = sys.argv[1:]
	platform = platforms.PLATFORMS[os.environ["CRM_PLATFORM"]]
	bench = Bench(platform, Places(platform.name), {"apps": []})
	with step("Completing the setup wizard"):
		sites.answer_wizard(bench, site, Path(log), country=country)
	return 0


if __name__ == "__main__":
	# a command of the tool, so that it reports and exits as all commands do
	tool.COMMANDS["wizard"] = answer
	sys.exit(tool.main(["wizard"]))
