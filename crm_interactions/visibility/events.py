"""What the platform tells of documents that say who has an activity, or who is above whom.

Our activities, assignments, shares, contact persons, employees and users; a handler's first line is its guard.
"""

import frappe

from crm_interactions.apps import employees
from crm_interactions.journal import app_sources
from crm_interactions.visibility import audience_members, audiences, reporting_lines

# document type → its fields that name an activity
NAMING = {"ToDo": ("reference_type", "reference_name"), "DocShare": ("share_doctype", "share_name")}


def on_change(doc, method=None):
	if _is_setting_up() or doc.flags.in_delete:
		return
	if doc.doctype in app_sources.DOCTYPES:
		audiences.update_audience(doc)
	elif doc.doctype in NAMING:
		_refresh_named(doc, doc.get_doc_before_save())
	elif field := audience_members.USER_OF.get(doc.doctype):
		if doc.has_value_changed(field):
			_refresh_participant(doc.doctype, doc.name)
		if doc.doctype == employees.DOCTYPE and any(doc.has_value_changed(name) for name in employees.FIELDS):
			reporting_lines.update_lines()


def after_delete(doc, method=None):
	"""The platform has deleted it by now, with its shares and assignments."""
	if _is_setting_up():
		return
	if doc.doctype in NAMING:
		_refresh_named(doc)
	elif doc.doctype == audience_members.USER:
		_refresh_of_user(doc.name)
	elif doc.doctype in audience_members.USER_OF:
		_refresh_participant(doc.doctype, doc.name)
		if doc.doctype == employees.DOCTYPE:
			reporting_lines.update_lines()


def after_rename(doc, method=None, old=None, new=None, merge=False):
	if _is_setting_up():
		return
	if doc.doctype in app_sources.DOCTYPES and merge:
		audiences.refresh_audiences(doc.doctype, [new])
	elif doc.doctype == audience_members.USER:
		_refresh_of_user(old)
		reporting_lines.update_lines()
	elif doc.doctype in audience_members.USER_OF and merge:
		_refresh_participant(doc.doctype, new)
		if doc.doctype == employees.DOCTYPE:
			reporting_lines.update_lines()


def _refresh_named(*docs) -> None:
	for doc in docs:
		doctype, name = (doc.get(field) for field in NAMING[doc.doctype]) if doc else (None, None)
		if doctype in app_sources.DOCTYPES and name:
			audiences.refresh_audiences(doctype, [name])


def _refresh_of_user(user: str) -> None:
	"""Those who had something together with him are another audience now."""
	for doctype, names in audiences.activities_with(user).items():
		audiences.refresh_audiences(doctype, names)


def _refresh_participant(kind: str, name: str) -> None:
	for doctype, names in audience_members.with_participant(kind, name).items():
		audiences.refresh_audiences(doctype, names)


def _is_setting_up() -> bool:
	"""Our tables may not be there then; `rebuilding.catch_up` does it afterwards."""
	flags = frappe.flags
	return bool(flags.in_install or flags.in_uninstall or flags.in_migrate)
