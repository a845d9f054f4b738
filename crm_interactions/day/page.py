"""A page of My Day (B11): rows of one section or the first rows of all, with what a user needs to act on them."""

from datetime import datetime

from crm_interactions.day import details, sections

COUNTED = 500


def read_all(whose: str, now: datetime, length: int) -> dict:
	"""Return `sections`, one for each of `sections.SECTIONS`, and `users`, the number of users whose work is shown.

	A section has its `section`, `count` (a number, or "500+"), the first `rows` and `more`, whether others follow.

	Args:
		now: in the site's time zone.
		length: most rows of each section.
	"""
	users = sections.users_of(whose)
	found = {
		section: sections.list_rows(section, users, now, 0, COUNTED + 1) for section in sections.SECTIONS
	}
	shown = {section: rows[:length] for section, rows in found.items()}
	details.add_details([row for rows in shown.values() for row in rows])
	return {
		"users": len(users),
		"sections": [
			{
				"section": section,
				"count": f"{COUNTED}+" if len(rows) > COUNTED else len(rows),
				"rows": shown[section],
				"more": len(rows) > length,
			}
			for section, rows in found.items()
		],
	}


def read_section(section: str, whose: str, now: datetime, start: int, length: int) -> dict:
	"""Return `rows` of a section from offset `start`, and `more`, whether others follow."""
	rows = sections.list_rows(section, sections.users_of(whose), now, start, length + 1)
	details.add_details(rows[:length])
	return {"rows": rows[:length], "more": len(rows) > length}
