"""A pytest plugin: notes for each test in the JUnit report how much of its time was its fixtures'. Needs no bench.

The report itself has one figure for each test, with the fixtures in it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

SECONDS = pytest.StashKey[float]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
	report = yield
	if call.when != "call":
		item.stash[SECONDS] = item.stash.get(SECONDS, 0.0) + call.duration
	if call.when == "teardown":
		report.user_properties.append(("fixture seconds", f"{item.stash[SECONDS]:.3f}"))
	return report
