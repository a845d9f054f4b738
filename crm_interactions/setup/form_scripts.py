"""Scripts for Frappe CRM's own pages: inserted once, updated while unchanged, removed with either app."""

import hashlib

import frappe

from crm_interactions.apps.installed import app_of
from crm_interactions.integrations.frappe_crm.crm_form_script import DOCTYPE, list_scripts
from crm_interactions.setup import memory


def add_missing() -> None:
	"""Insert each script that this site never had, and update the unchanged ones; does nothing without Frappe CRM.

	A script that an administrator changed, disabled or deleted stays so.
	"""
	if not frappe.db.exists("DocType", DOCTYPE):
		return
	known = memory.recall_keys()
	new = set()
	for record in list_scripts():
		key, version = _key(record["name"]), _version(record["name"], record["script"])
		if version in known:
			continue
		stored = frappe.db.get_value(DOCTYPE, record["name"], "script")
		if stored is None and key not in known:
			# setup acts for the site, not for a user
			frappe.get_doc(record).insert(ignore_permissions=True)
		elif stored is not None and _version(record["name"], stored) in known:
			# by query: the document refuses changes of standard scripts
			frappe.db.set_value(DOCTYPE, record["name"], "script", record["script"])
		new |= {key, version}
	if new:
		memory.remember_keys(new)


def remove_all() -> None:
	"""Delete the scripts, also changed ones, and renamed ones that are unchanged otherwise."""
	if not frappe.db.exists("DocType", DOCTYPE):
		return
	names = {record["name"] for record in list_scripts()}
	known = memory.recall_keys()
	for name, script in frappe.get_all(DOCTYPE, fields=["name", "script"], as_list=True):
		if name in names or any(_version(former, script) in known for former in names):
			# as above: for the site
			frappe.delete_doc(DOCTYPE, name, force=True, ignore_permissions=True, delete_permanently=True)


def forget_scripts_of(app_name: str) -> None:
	"""Forget the scripts of an app that is being uninstalled, so that its new installation gets them again."""
	if app_of(DOCTYPE) == app_name:
		memory.forget_keys({key for key in memory.recall_keys() if key.startswith(_key(""))})


def _key(name: str) -> str:
	return f"{DOCTYPE}/{name}"


def _version(name: str, script: str | None) -> str:
	return f"{_key(name)}/{hashlib.sha256((script or '').encode()).hexdigest()[:16]}"
