"""Audiences and reporting lines after the removal of an app that linked people with users."""

from crm_interactions.apps.installed import app_of
from crm_interactions.journal import app_sources
from crm_interactions.visibility import audience_members, audiences, reporting_lines


def list_affected_activities(app_name: str) -> dict[str, list[str]]:
	"""Return document type → names of activities with participants of the app's types that link users (Employee)."""
	found: dict[str, list[str]] = {}
	for kind in _participant_types(app_name):
		for doctype, names in audience_members.with_participants_of(kind).items():
			found.setdefault(doctype, []).extend(names)
	return found


def update_for_removed_app(app_name: str, activities: dict[str, list[str]]) -> None:
	"""Refresh the audiences of these activities, and the reporting lines from teams alone, at once and without a job.

	Does nothing for an app without types of participants that link users.

	Args:
		activities: the result of `list_affected_activities`, read before the participants became text.
	"""
	if not _participant_types(app_name):
		return
	for doctype in app_sources.DOCTYPES:
		audiences.refresh_audiences(doctype, activities.get(doctype, []))
	reporting_lines.refresh_lines(reporting_lines.list_team_pairs())


def _participant_types(app_name: str) -> list[str]:
	return [kind for kind in audience_members.USER_OF if app_of(kind) == app_name]
