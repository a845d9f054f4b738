"""A pytest plugin that adds each test's fixture seconds and failed attempts to the JUnit report. Needs no bench.

The report's own figure for a test includes its fixtures, and it has a test's last attempt only. pytest shows the
traceback of the last attempt only; the plugin shows those of the attempts before it.
"""

from collections.abc import Iterator

import pytest

SECONDS = pytest.StashKey[float]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
	report = yield
	if call.when != "call":
		item.stash[SECONDS] = item.stash.get(SECONDS, 0.0) + call.duration
	if report.failed and call.excinfo:
		# of the item, which all further attempts have
		item.user_properties.append(("failed attempt", call.excinfo.exconly()))
	if call.when == "teardown":
		report.user_properties.append(("fixture seconds", f"{item.stash[SECONDS]:.3f}"))
	return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
	for report in terminalreporter.getreports("rerun"):
		terminalreporter.write_sep("_", f"earlier attempt: {report.nodeid}")
		terminalreporter.write_line(report.longreprtext)
