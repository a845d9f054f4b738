"""Which document types are activities on this site: ours, those of the apps that are there, and the administrator's."""

from importlib import import_module

import frappe

from crm_interactions.activities import options
from crm_interactions.apps.installed import is_installed
from crm_interactions.journal import app_sources, configured_sources
from crm_interactions.journal.source import Source

# one module for each document type of another app; each has a SOURCE
BUILT_IN = {
	"frappe": ("todo", "event"),
	"erpnext": ("quotation", "opportunity", "sales_order", "task", "issue", "project"),
	"crm": ("crm_deal", "crm_task", "crm_call_log", "fcrm_note"),
}
# key in the platform's cache: which of their document types this site has; asked again now and then, whatever happens
THERE, KEPT_FOR = "crm_interactions_sources_there", 10 * 60
PACKAGES = {"frappe": "frappe", "erpnext": "erpnext", "crm": "frappe_crm"}


def sources() -> dict[str, Source]:
	"""Return the registered sources by document type; read once in a request."""
	known = getattr(frappe.local, "crm_interactions_sources", None)
	if known is None:
		known = frappe.local.crm_interactions_sources = _read()  # until the request ends, or `forget`
	return known


def get_source(doctype: str) -> Source | None:
	return sources().get(doctype)


def clear_cache() -> None:
	"""Read the settings again: they, or the apps of this site, have changed."""
	frappe.local.crm_interactions_sources = None  # as above
	frappe.cache.delete_value(THERE)


def _read() -> dict[str, Source]:
	found = {source.doctype: source for source in app_sources.SOURCES}
	for source in built_in():
		found[source.doctype] = source
	for row in options.settings().get("sources") or []:
		found.pop(row.document_type, None)
		# the settings may name a document type that has gone since
		if not row.disabled and options.meta_of(row.document_type):
			found[row.document_type] = configured_sources.source_of(row)
	return found


def built_in() -> list[Source]:
	"""Return the sources that the installed apps bring; none whose document type this version doesn't have."""
	found = [
		import_module(f"crm_interactions.integrations.{PACKAGES[app]}.{module}").SOURCE
		for app, modules in BUILT_IN.items()
		if is_installed(app)
		for module in modules
	]
	there = _there({source.doctype for source in found})
	return [source for source in found if source.doctype in there]


def _there(doctypes: set[str]) -> set[str]:
	"""Return those of these document types that this site has; without a query in most requests."""
	known = frappe.cache.get_value(THERE, expires=True)
	if not known or known["asked"] != doctypes:
		found = {*frappe.get_all("DocType", {"name": ("in", sorted(doctypes))}, pluck="name")}
		known = {"asked": doctypes, "found": found}
		frappe.cache.set_value(THERE, known, expires_in_sec=KEPT_FOR)
	return known["found"]
