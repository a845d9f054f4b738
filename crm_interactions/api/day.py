"""HTTP methods of My Day: check, call, answer (B11)."""

import frappe
from frappe import _
from frappe.utils import cint

from crm_interactions.api import arguments
from crm_interactions.clock import site_time
from crm_interactions.controllers.validation import bold
from crm_interactions.day import page as day_page
from crm_interactions.day import sections

LONGEST = 100


@frappe.whitelist(methods=["GET"])
@arguments.checked
def page(
	section: str | None = None,
	whose: str = sections.MINE,
	start: int | str = 0,
	length: int | str = 50,
) -> dict:
	"""Return planned work and chains without a next step that the user may read, by section.

	Args:
		section: "late", "today", "tomorrow", "week" (the days after tomorrow, up to the seventh from today) or "no_step";
			by default the first rows of all.
		whose: "mine", or "team" for the users below the session's user. Days are those of the session user's clock.
		start, length: offset, for one section, and the most rows of each section, up to 100.

	Returns: `users`, whose work is shown, and `sections`, as of `day.page.read_all`; for one section, its `rows` and
		`more`. A row has the fields of `day.sections` and those of `day.details`.

	Raises: PermissionError without read permission on the journal; ValidationError for another section or `whose`.
	"""
	frappe.has_permission(sections.ROW, "read", throw=True)
	_require_choice("whose", whose, sections.WHOSE)
	now, length = site_time.now(), min(max(cint(length), 1), LONGEST)
	if not section:
		return day_page.read_all(whose, now, length)
	_require_choice("section", section, sections.SECTIONS)
	return day_page.read_section(section, whose, now, max(cint(start), 0), length)


def _require_choice(argument: str, value: str, choices: tuple[str, ...]) -> None:
	if value not in choices:
		frappe.throw(_("{0} must be one of: {1}.").format(bold(argument), ", ".join(choices)))
