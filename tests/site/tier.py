"""The tier of the tests: the quick one for every change, the full one for each night and release (`FULL=1`)."""

import os
from typing import TypeVar

T = TypeVar("T")
FULL = os.environ.get("CRM_FULL") == "1"


def choose(quick: T, full: T) -> T:
	"""Return the value for the running tier: both tiers test every rule, the full one repeats more."""
	return full if FULL else quick
