"""Installation as named steps, each safe to run twice; hooks.py refers to these functions."""

from crm_interactions.parties import key_index
from crm_interactions.recording import numbering
from crm_interactions.setup import (
	custom_fields,
	document_types,
	form_scripts,
	global_search,
	new_settings,
	role_permissions,
	seeds,
)
from crm_interactions.visibility import rebuilding


def after_install():
	seeds.plant_seeds()
	document_types.add_known()
	new_settings.set_workday()
	has_new_columns = custom_fields.add_missing()
	role_permissions.grant_all()
	form_scripts.add_missing()
	global_search.add_types()
	numbering.catch_up(has_new_columns=has_new_columns)
	rebuilding.catch_up()
	key_index.catch_up()


def after_app_install(app_name: str):
	"""Add types, fields, rights, scripts, journal rows and audiences for an app installed later; not for this app.

	For more than 500 documents of a type, a job adds the rows or audiences, and the numbers and addresses for look-ups;
	reporting lines are refreshed.
	"""
	if app_name == "crm_interactions":
		return
	document_types.add_known()
	has_new_columns = custom_fields.add_missing()
	role_permissions.grant_all()
	form_scripts.add_missing()
	numbering.catch_up(has_new_columns=has_new_columns)
	rebuilding.catch_up()
	key_index.catch_up()


def after_migrate():
	"""Add new defaults, values, types, fields, rights, scripts, rows and audiences; the administrator's stay as they are.

	For more than 500 documents of a type, a job adds the rows or audiences, and the numbers and addresses for look-ups;
	reporting lines are refreshed.
	"""
	# first, because the settings can't be saved while a new mandatory field is blank
	new_settings.fill_defaults()
	new_settings.set_workday()
	seeds.plant_seeds()
	document_types.add_known()
	has_new_columns = custom_fields.add_missing()
	role_permissions.grant_all()
	form_scripts.add_missing()
	global_search.add_types()
	numbering.catch_up(has_new_columns=has_new_columns)
	rebuilding.catch_up()
	key_index.catch_up()
