"""Document events that refresh audiences and reporting lines.

The documents are the app's activities, assignments, shares, contacts, employees and users.
"""

from crm_interactions.apps import employees, installed
from crm_interactions.journal import app_sources
from crm_interactions.visibility import audience_members, audiences, reporting_lines

# document type → its fields with an activity's type and name
NAMING = {"ToDo": ("reference_type", "reference_name"), "DocShare": ("share_doctype", "share_name")}


def on_change(doc, method=None):
	"""Refresh the audiences affected by a save or `db_set`, not by a deletion; exceptions and job as in `after_delete`.

	Affected are the activity itself, the activities that a share or assignment names or named, and those of a contact
	or employee with another user. Another user, superior or status of an employee refreshes the reporting lines.
	"""
	if installed.is_setting_up() or doc.flags.in_delete:
		return
	if doc.doctype in app_sources.DOCTYPES:
		audiences.update_audience(doc)
	elif doc.doctype in NAMING:
		_refresh_referenced(doc, doc.get_doc_before_save())
	elif field := audience_members.USER_OF.get(doc.doctype):
		if doc.has_value_changed(field):
			_refresh_participant(doc.doctype, doc.name)
		if doc.doctype == employees.DOCTYPE and any(doc.has_value_changed(name) for name in employees.FIELDS):
			reporting_lines.update_lines()


def after_delete(doc, method=None):
	"""Refresh audiences and reporting lines after a deletion; not in an installation, migration or uninstallation.

	A share or assignment refreshes the audience of its activity; a user, contact or employee those of the activities
	with this person. Only an employee also refreshes the reporting lines, now and again in a job after the commit. An
	activity's deletion needs nothing here: Frappe has already deleted its shares and assignments.
	"""
	if installed.is_setting_up():
		return
	if doc.doctype in NAMING:
		_refresh_referenced(doc)
	elif doc.doctype == audience_members.USER:
		_refresh_of_user(doc.name)
	elif doc.doctype in audience_members.USER_OF:
		_refresh_participant(doc.doctype, doc.name)
		if doc.doctype == employees.DOCTYPE:
			reporting_lines.update_lines()


def after_rename(doc, method=None, old=None, new=None, merge=False):
	"""Refresh audiences after a merge of activities, contacts or employees, or after any rename of a user.

	The reporting lines are refreshed for users and merged employees; job and exceptions are those of `after_delete`.
	"""
	if installed.is_setting_up():
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


def _refresh_referenced(*docs) -> None:
	for doc in docs:
		doctype, name = (doc.get(field) for field in NAMING[doc.doctype]) if doc else (None, None)
		if doctype in app_sources.DOCTYPES and name:
			audiences.refresh_audiences(doctype, [name])


def _refresh_of_user(user: str) -> None:
	"""Refresh the audiences of activities that a deleted or renamed user has."""
	for doctype, names in audiences.activities_with(user).items():
		audiences.refresh_audiences(doctype, names)


def _refresh_participant(kind: str, name: str) -> None:
	for doctype, names in audience_members.with_participant(kind, name).items():
		audiences.refresh_audiences(doctype, names)
