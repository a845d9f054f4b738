"""Where several processes share the tests, each has a site of its own out of CRM_SITES; alone it has CRM_SITE."""

import os


def own_site() -> str:
	process = os.environ.get("PYTEST_XDIST_WORKER", "")
	return (
		os.environ["CRM_SITES"].split()[int(process.removeprefix("gw"))]
		if process
		else os.environ["CRM_SITE"]
	)
