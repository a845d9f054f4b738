"""A failed test has a further attempt on the same site: what the failed one left must not disturb it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from tests.browser.site_api import Site
from tests.clock import exact_now

FAILED = pytest.StashKey[bool]()
_made: dict[str, datetime] = {}


@contextmanager
def made_once(request: pytest.FixtureRequest, site: Site, make: Callable[[], object]) -> Iterator[None]:
	"""Call `make` before the first test of a module, and again after a failed one, which may have changed its records.

	For a fixture that each test of the module has: tests change the records, and a new set for each takes too long.
	"""
	module = request.node.module.__name__
	if module not in _made:
		_made[module] = exact_now()
		make()
	yield
	if request.node.stash[FAILED]:
		site.remove_since(_made.pop(module))
