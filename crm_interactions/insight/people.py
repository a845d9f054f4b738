"""Groups of responsible users, and filters on them; groups that the site can't have aren't offered."""

from collections.abc import Callable
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.query_builder import Case, Order
from frappe.utils import cstr, get_fullname
from pypika.analytics import RowNumber
from pypika.terms import NullValue

from crm_interactions.apps.employees import DOCTYPE as EMPLOYEE
from crm_interactions.apps.installed import has_doctype
from crm_interactions.controllers.validation import bold
from crm_interactions.visibility import reporting_lines

OF_EMPLOYEE = ("department", "company")


@dataclass(frozen=True)
class PeopleGrouping:
	"""A way to group users.

	Args:
		key: the value of the report's filter.
		label: its English label.
		extend: (query, column of the user) → the query with further joins, and the column of the group.
		show: value → label of a group, never called with a blank value.
		overlaps: whether a user may be in several groups.
	"""

	key: str
	label: str
	extend: Callable
	show: Callable[[str], str] = str
	overlaps: bool = False


# all users as one group
EVERYONE = PeopleGrouping("everyone", "Total", lambda query, user: (query, NullValue()))


@dataclass(frozen=True)
class People:
	"""The users that a report is about: those of a department, of a company, and of a supervisor's team; all by default."""

	department: str = ""
	company: str = ""
	team: str = ""

	def limit(self, query, user):
		"""Return a query limited to these people; `user` is its column of the responsible user."""
		if self.team:
			line = frappe.qb.DocType(reporting_lines.REPORTING_LINE)
			below = frappe.qb.from_(line).select(line.user).where(line.supervisor == self.team)
			query = query.where((user == self.team) | user.isin(below))
		for field in OF_EMPLOYEE:
			if value := getattr(self, field):
				employees = _employees(f"of_{field}")
				those = frappe.qb.from_(employees).select(employees.user_id)
				query = query.where(
					user.isin(those.where((employees.place == 1) & (employees[field] == value)))
				)
		return query


def list_known_supervisors() -> list[str] | None:
	"""Return the supervisors whose teams the user may know: the user and those below; None for all.

	Users who may read Interaction Team know the whole organisation.
	"""
	if frappe.has_permission(reporting_lines.TEAM, "read"):
		return None
	user = frappe.session.user
	return [user, *reporting_lines.list_users_below(user)]


def list_groupings() -> dict[str, PeopleGrouping]:
	"""Return the groupings by key that the site can have and the user may know, in the order of the filter."""
	found = [
		PeopleGrouping("user", "Responsible", lambda query, user: (query, user), get_fullname),
		PeopleGrouping("team", "Team", _extend_with_supervisor, get_fullname, overlaps=True),
	]
	if has_doctype(EMPLOYEE) and list_known_supervisors() is None:
		found.append(_of_employee("department", "Department"))
		found.append(_of_employee("company", "Company"))
	return {grouping.key: grouping for grouping in found}


def read_people(filters: dict) -> People:
	"""Return the people of the filters `department`, `company` and `team`.

	Raises: ValidationError for a department or a company on a site without employees; PermissionError for a department, a
		company or a team that the user may not know (`list_known_supervisors`).
	"""
	values = {name: cstr(filters.get(name)) for name in (*OF_EMPLOYEE, "team")}
	known = list_known_supervisors()
	if known is not None and (
		values["department"] or values["company"] or values["team"] not in ("", *known)
	):
		frappe.throw(
			_(
				"You may see only your own team. Remove the department, the company or the other team from the filters."
			),
			frappe.PermissionError,
		)
	for name in OF_EMPLOYEE:
		if values[name] and not has_doctype(EMPLOYEE):
			frappe.throw(
				_("This site has no employees. Remove {0} from the filters.").format(bold(values[name]))
			)
	return People(**values)


def _extend_with_supervisor(query, user):
	"""A supervisor's team are the supervisor and the whole reporting line, so that a user occurs in several teams."""
	line = frappe.qb.DocType(reporting_lines.REPORTING_LINE)
	is_team = line.user == user
	if (known := list_known_supervisors()) is not None:
		is_team &= line.supervisor.isin(known)
	return query.left_join(line).on(is_team), line.supervisor


def _of_employee(field: str, label: str) -> PeopleGrouping:
	def extend(query, user):
		employees = _employees("employees")
		return query.left_join(employees).on((employees.user_id == user) & (employees.place == 1)), employees[
			field
		]

	return PeopleGrouping(field, label, extend)


def _employees(alias: str):
	"""Return a query of employees by user; `place` is 1 for the active one, or else for the latest."""
	employee = frappe.qb.DocType(EMPLOYEE)
	place = RowNumber().over(employee.user_id)
	place = place.orderby(Case().when(employee.status == "Active", 0).else_(1))
	place = place.orderby(employee.creation, employee.name, order=Order.desc)
	query = frappe.qb.from_(employee).where(employee.user_id.notnull() & (employee.user_id != ""))
	return query.select(employee.user_id, employee.department, employee.company, place.as_("place")).as_(
		alias
	)
