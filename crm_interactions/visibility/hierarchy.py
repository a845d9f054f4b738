"""Who is above whom, as pairs: through all levels, and where it runs in a loop. Pure: no platform."""

from collections.abc import Iterable, Iterator

# (who is above, who is directly below him)
Pair = tuple[str, str]


def list_subordinates(pairs: Iterable[Pair]) -> dict[str, set[str]]:
	"""Return who is below each of those who have somebody below, through all levels.

	A loop ends where it began: each in it is above all the others in it, and nobody above himself.
	"""
	direct = _direct(pairs)
	return {above: _reached(above, direct) - {above} for above in direct}


def find_loop(pairs: Iterable[Pair]) -> list[str] | None:
	"""Return people each of whom is directly above the next, the last above the first; None where there are none."""
	direct = _direct(pairs)
	finished: set[str] = set()
	for start in sorted(direct):
		path: list[str] = []
		waiting: list[Iterator[str]] = [iter((start,))]
		while waiting:
			person = next(waiting[-1], None)
			if person is None:
				waiting.pop()
				if path:
					finished.add(path.pop())
			elif person in path:
				return path[path.index(person) :]
			elif person not in finished:
				path.append(person)
				waiting.append(iter(sorted(direct.get(person, ()))))
	return None


def _direct(pairs: Iterable[Pair]) -> dict[str, set[str]]:
	found: dict[str, set[str]] = {}
	for above, person in pairs:
		if above != person:
			found.setdefault(above, set()).add(person)
	return found


def _reached(start: str, direct: dict[str, set[str]]) -> set[str]:
	found: set[str] = set()
	waiting = [start]
	while waiting:
		for person in direct.get(waiting.pop(), ()):
			if person not in found:
				found.add(person)
				waiting.append(person)
	return found
