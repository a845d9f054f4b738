"""File locks, with which runs in different shells and from different clones share a bench."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tools.say import line


class Lock:
	"""A lock file. `exclusive` and `shared` print `waiting` if they have to wait; the end of the process frees it."""

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
	"""Hold the lock exclusively while the block runs; print `waiting` if another process holds it."""
	lock = Lock(path)
	lock.exclusive(waiting)
	try:
		yield
	finally:
		lock.close()
