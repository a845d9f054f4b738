"""Uninstall leaves nothing behind; hooks.py names the functions."""

from crm_interactions.chains import detachment
from crm_interactions.setup import contact_permission, custom_fields, document_types, leftovers, successors
from crm_interactions.visibility import app_removal


def before_app_uninstall(app_name: str):
	"""Another app leaves: its partners, subjects and fields go with it; the activities stay."""
	if app_name == "crm_interactions":
		return
	activities = app_removal.named_through(app_name)
	detachment.activities_leave(app_name)
	if successors.replace_partners(app_name):
		document_types.add_own()
	app_removal.update_for_removed_app(app_name, activities)
	document_types.remove_types_of(app_name)
	custom_fields.remove_fields_of(app_name)


def before_uninstall():
	"""What points to our document types can be found only while they are there."""
	contact_permission.revoke_contact_access()
	leftovers.remove_references()


def after_uninstall():
	leftovers.remove_traces()
