"""The site of a test process: one of CRM_SITES for each of several processes, CRM_SITE for a single one."""

import os


def own_site() -> str:
	process = os.environ.get("PYTEST_XDIST_WORKER", "")
	if not process:
		return os.environ["CRM_SITE"]
	return os.environ["CRM_SITES"].split()[int(process.removeprefix("gw"))]
