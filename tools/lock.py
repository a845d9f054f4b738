"""File locks: runs in different shells, and from different clones, share a bench without mixing."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tools.say import line


class Lock:
	"""One lock file. `exclusive` and `shared` wait for it, and say so; it is free again when the process ends."""

	def __init__(self, path: Path) -> None:
		path.parent.mkdir(parents=True, exist_ok=True)
		self.file: IO[str] = path.open("a+")

	def exclusive(self, waiting: str = "") -> None:
		self._take(fcntl.LOCK_EX, waiting)

	def shared(self, waiting: str = "") -> None:
		self._take(fcntl.LOCK_SH, waiting)

	def try_exclusive(self) -> bool:
		try:
			fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except BlockingIOError:
			return False
		return True

	def release(self) -> None:
		fcntl.flock(self.file, fcntl.LOCK_UN)

	def close(self) -> None:
		self.file.close()

	def _take(self, how: int, waiting: str) -> None:
		try:
			fcntl.flock(self.file, how | fcntl.LOCK_NB)
		except BlockingIOError:
			if waiting:
				line(waiting)
			fcntl.flock(self.file, how)


@contextmanager
def held(path: Path, waiting: str) -> Iterator[None]:
	"""Holds the lock alone while the block runs."""
	lock = Lock(path)
	lock.exclusive(waiting)
	try:
		yield
	finally:
		lock.close()
