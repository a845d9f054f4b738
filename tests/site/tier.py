"""Which tier of the tests runs: the quick one of every change, or the full one of each night and each release (`FULL=1`)."""

import os
from typing import TypeVar

T = TypeVar("T")
FULL = os.environ.get("CRM_FULL") == "1"


def choose(quick: T, full: T) -> T:
	"""Return how much the tier that runs does: repetition is for the full one, every rule is for both."""
	return full if FULL else quick
