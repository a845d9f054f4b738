"""What the tool prints: one line for each step with the time it took, and one sentence for each failure."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Failure(Exception):
	"""Something the user has to know, said in full sentences; it is printed without a traceback."""


class Unavailable(Failure):
	"""Frappe can't be had here: the one failure that leaves the platform-free tests to run."""


def line(text: str = "") -> None:
	print(text, flush=True)


def problem(text: str) -> None:
	print(text, file=sys.stderr, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
	"""`title … 1.2 s`. What runs inside writes to a log, not to the screen, so that the line stays whole."""
	print(f"{title} … ", end="", flush=True)
	started = time.monotonic()
	try:
		yield
	except BaseException:
		print("failed", flush=True)
		raise
	print(f"{time.monotonic() - started:.1f} s", flush=True)
