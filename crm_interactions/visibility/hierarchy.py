"""Hierarchy of users as pairs: all levels, and loops. Imports no Frappe."""

from collections.abc import Iterable, Iterator

# (supervisor, direct subordinate)
Pair = tuple[str, str]


def list_subordinates(pairs: Iterable[Pair]) -> dict[str, set[str]]:
	"""Return supervisor → direct and indirect subordinates; a pair of a user with themselves is ignored.

	In a loop, each user is above all the others, but not above themselves.
	"""
	direct = _direct(pairs)
	return {supervisor: _list_below(supervisor, direct) - {supervisor} for supervisor in direct}


def find_loop(pairs: Iterable[Pair]) -> list[str] | None:
	"""Return users each directly above the next, the last above the first; None without a loop of two or more users."""
	direct = _direct(pairs)
	finished: set[str] = set()
	for start in sorted(direct):
		path: list[str] = []
		waiting: list[Iterator[str]] = [iter((start,))]
		while waiting:
			user = next(waiting[-1], None)
			if user is None:
				waiting.pop()
				if path:
					finished.add(path.pop())
			elif user in path:
				return path[path.index(user) :]
			elif user not in finished:
				path.append(user)
				waiting.append(iter(sorted(direct.get(user, ()))))
	return None


def _direct(pairs: Iterable[Pair]) -> dict[str, set[str]]:
	found: dict[str, set[str]] = {}
	for supervisor, user in pairs:
		if supervisor != user:
			found.setdefault(supervisor, set()).add(user)
	return found


def _list_below(start: str, direct: dict[str, set[str]]) -> set[str]:
	found: set[str] = set()
	waiting = [start]
	while waiting:
		for user in direct.get(waiting.pop(), ()):
			if user not in found:
				found.add(user)
				waiting.append(user)
	return found
