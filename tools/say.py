"""Print the tool's output: a line with the duration of each step, and full sentences for failures."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Failure(Exception):
	"""A failure with a message for the user in full sentences, printed without a traceback."""


class Unavailable(Failure):
	"""Frappe can't be downloaded or run here; the tests that need no site can still run."""


def line(text: str = "") -> None:
	print(text, flush=True)


def problem(text: str) -> None:
	print(text, file=sys.stderr, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
	"""Print `title … 1.2 s` around the block, which must not print anything itself."""
	print(f"{title} … ", end="", flush=True)
	started = time.monotonic()
	try:
		yield
	except BaseException:
		print("failed", flush=True)
		raise
	print(f"{time.monotonic() - started:.1f} s", flush=True)
