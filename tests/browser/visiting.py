"""Visit screens one after the other, continuing after a failure."""

from collections.abc import Callable, Iterable

from playwright.sync_api import Error, Page, expect


def problems_of(
	page: Page,
	world: dict,
	visits: Iterable[Callable],
	look: Callable[[Callable], Iterable[str]],
	shot: Callable,
) -> list[str]:
	"""Visit the screens and return their problems, including failed visits.

	Args:
		visits: functions of page and world, each of which opens a screen.
		look: returns the problems of the screen that a visit has opened.
		shot: takes a screenshot, given page and name.
	"""
	page.set_default_timeout(15_000)
	expect.set_options(timeout=15_000)
	problems = []
	for visit in visits:
		try:
			visit(page, world)
			problems += [f"{visit.__name__}: {found}" for found in look(visit)]
		except (AssertionError, Error) as problem:
			shot(page, f"{visit.__name__}-failed")
			problems.append(f"{visit.__name__}: {problem!s:.300}")
	return problems
