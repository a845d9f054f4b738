"""An app is being uninstalled whose records said who somebody is, or who is above whom."""

from crm_interactions.apps.installed import app_of
from crm_interactions.journal import app_sources
from crm_interactions.visibility import audience_members, audiences, reporting_lines


def named_through(app_name: str) -> dict[str, list[str]]:
	"""Return the activities, by document type, with participants that are records of the app; ask while it is there."""
	found: dict[str, list[str]] = {}
	for kind in _leaving(app_name):
		for doctype, names in audience_members.with_participants_of(kind).items():
			found.setdefault(doctype, []).extend(names)
	return found


def update_for_removed_app(app_name: str, activities: dict[str, list[str]]) -> None:
	"""Who has these activities, and who is above whom, follows from what stays.

	Args:
		activities: what `named_through` returned before the participants became text.
	"""
	if not _leaving(app_name):
		return
	for doctype in app_sources.DOCTYPES:
		audiences.refresh_audiences(doctype, activities.get(doctype, []))
	reporting_lines.refresh_lines(reporting_lines.in_teams())


def _leaving(app_name: str) -> list[str]:
	return [kind for kind in audience_members.USER_OF if app_of(kind) == app_name]
