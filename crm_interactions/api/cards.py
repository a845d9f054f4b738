"""HTTP methods of the number cards on the workspaces, which count the journal by `followups.open_work`.

Each takes further filters on the journal as JSON, and returns `value`, `fieldtype`, and `route` and `route_options` of
the list with the counted rows. Each raises PermissionError without read permission on the journal.
"""

import json

import frappe
from frappe.desk.doctype.number_card.number_card import get_result
from frappe.utils import now_datetime

from crm_interactions.api import arguments
from crm_interactions.clock import site_time
from crm_interactions.followups import open_work
from crm_interactions.journal.writer import ROW


@frappe.whitelist(methods=["GET", "POST"])
@arguments.checked
def count_due_today(filters: str | list | dict | None = None) -> dict:
	"""Return the number of the user's activities that are due today, on the user's clock; late ones aren't among them."""
	return _card(_of_user(open_work.due_today(now_datetime(), _zone())), filters)


@frappe.whitelist(methods=["GET", "POST"])
@arguments.checked
def count_late(filters: str | list | dict | None = None) -> dict:
	"""Return the number of the user's late activities."""
	return _card(_of_user(open_work.late(now_datetime())), filters)


@frappe.whitelist(methods=["GET", "POST"])
@arguments.checked
def count_late_of_all(filters: str | list | dict | None = None) -> dict:
	"""Return the number of all users' late activities."""
	return _card(open_work.late(now_datetime()), filters)


@frappe.whitelist(methods=["GET", "POST"])
@arguments.checked
def count_done_this_week(filters: str | list | dict | None = None) -> dict:
	"""Return the number of all users' activities that took place since the week began, on the user's clock."""
	return _card(open_work.done_since(site_time.start_of_week(now_datetime(), _zone())), filters)


def _zone():
	return site_time.zone_of(frappe.session.user)


def _of_user(conditions: list[list]) -> list[list]:
	return [*conditions, ["responsible", "=", frappe.session.user]]


def _card(conditions: list[list], filters) -> dict:
	frappe.has_permission(ROW, "read", throw=True)
	more = arguments.conditions(filters, ROW)
	conditions = [[ROW, *condition] for condition in conditions]
	options: dict[str, list[str]] = {}
	for _doctype, field, *condition in conditions:
		# the only form in which both versions of Frappe accept two conditions on one field
		options.setdefault(field, []).append(json.dumps(condition))
	return {
		"value": get_result({"document_type": ROW, "function": "Count"}, [*conditions, *more]),
		"fieldtype": "Int",
		"route": ["List", ROW, "List"],
		"route_options": options,
	}
