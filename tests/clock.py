"""The clock of the test site, for tests outside the site's process."""

import os
from datetime import datetime
from zoneinfo import ZoneInfo

# `make test` answers the setup wizard with the same zone
ZONE = ZoneInfo(os.environ.get("CRM_TIME_ZONE", "Europe/Berlin"))


def now() -> datetime:
	"""Return the time on the site's clock, without a zone. Around midnight, the machine's clock shows another day."""
	return exact_now().replace(microsecond=0)


def exact_now() -> datetime:
	"""Return the time of `now` with microseconds, as Frappe stores the creation of a record."""
	return datetime.now(ZONE).replace(tzinfo=None)
