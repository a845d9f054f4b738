"""Complete uninstallation as named steps; hooks.py refers to these functions."""

from crm_interactions.chains import detachment
from crm_interactions.setup import (
	custom_fields,
	document_types,
	form_scripts,
	leftovers,
	role_permissions,
	successors,
)
from crm_interactions.visibility import app_removal


def before_app_uninstall(app_name: str):
	"""Replace an app's partners by Partner records before its removal; remove its subjects, types, fields, rights and rows.

	Activities stay without subject, participants become text, and empty chains are closed. Does nothing for this app.
	"""
	if app_name == "crm_interactions":
		return
	activities = app_removal.list_affected_activities(app_name)
	detachment.detach_activities(app_name)
	if successors.replace_partners(app_name):
		document_types.add_own()
	app_removal.update_for_removed_app(app_name, activities)
	document_types.remove_types_of(app_name)
	custom_fields.remove_fields_of(app_name)
	role_permissions.revoke_of(app_name)
	form_scripts.forget_scripts_of(app_name)


def before_uninstall():
	"""Revoke permissions on Frappe's types; remove scripts of Frappe CRM, desk records and references while Frappe finds them."""
	role_permissions.revoke_all()
	form_scripts.remove_all()
	leftovers.remove_references()


def after_uninstall():
	leftovers.remove_traces()
