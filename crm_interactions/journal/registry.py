"""Registry of activity types: the app's own, those of installed apps, and those that administrators add."""

from importlib import import_module

import frappe

from crm_interactions.activities import options
from crm_interactions.apps.installed import is_installed
from crm_interactions.journal import app_sources, configured_sources
from crm_interactions.journal.source import Source

# one module with a SOURCE for each document type of another app
BUILT_IN = {
	"frappe": ("todo", "event"),
	"erpnext": ("quotation", "opportunity", "sales_order", "task", "issue", "project"),
	"crm": ("crm_deal", "crm_task", "crm_call_log", "fcrm_note"),
}
# cache of the built-in document types that exist on the site, and its lifetime in seconds
CACHE_KEY, CACHE_SECONDS = "crm_interactions_sources_there", 10 * 60
PACKAGES = {"frappe": "frappe", "erpnext": "erpnext", "crm": "frappe_crm"}


def sources() -> dict[str, Source]:
	"""Return the sources by document type, read once in a request; settings add, replace or disable types."""
	known = getattr(frappe.local, "crm_interactions_sources", None)
	if known is None:
		known = frappe.local.crm_interactions_sources = _read()  # for this request; see `clear_cache`
	return known


def get_source(doctype: str) -> Source | None:
	"""Return the source of a document type; None if the type isn't registered or is disabled."""
	return sources().get(doctype)


def clear_cache() -> None:
	"""Discard this request's sources and the site's cache of existing types, after the settings or the apps changed."""
	frappe.local.crm_interactions_sources = None  # read again on the next use
	frappe.cache.delete_value(CACHE_KEY)


def _read() -> dict[str, Source]:
	found = {source.doctype: source for source in app_sources.SOURCES}
	for source in built_in():
		found[source.doctype] = source
	for row in options.settings().get("sources") or []:
		found.pop(row.document_type, None)
		# the settings may name a deleted document type
		if not row.disabled and options.meta_of(row.document_type):
			found[row.document_type] = configured_sources.build_source(row)
	return found


def built_in() -> list[Source]:
	"""Return the sources, also disabled ones, of installed apps whose types exist, by a cache of 10 minutes."""
	found = [
		import_module(f"crm_interactions.integrations.{PACKAGES[app]}.{module}").SOURCE
		for app, modules in BUILT_IN.items()
		if is_installed(app)
		for module in modules
	]
	existing = _existing({source.doctype for source in found})
	return [source for source in found if source.doctype in existing]


def _existing(doctypes: set[str]) -> set[str]:
	"""Return the document types that exist on the site, from the cache in most requests."""
	known = frappe.cache.get_value(CACHE_KEY, expires=True)
	if not known or known["asked"] != doctypes:
		found = {*frappe.get_all("DocType", {"name": ("in", sorted(doctypes))}, pluck="name")}
		known = {"asked": doctypes, "found": found}
		frappe.cache.set_value(CACHE_KEY, known, expires_in_sec=CACHE_SECONDS)
	return known["found"]
