"""The site of a test process: one of CRM_SITES for each of several processes, CRM_SITE for a single one."""

import os


def own_site() -> str:
	process = os.environ.get("PYTEST_XDIST_WORKER", "")
	return (
		os.environ["CRM_SITES"].split()[int(process.removeprefix("gw"))]
		if process
		else os.environ["CRM_SITE"]
	)
