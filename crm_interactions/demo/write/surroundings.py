"""Prerequisites of the demo's activities: enabled currencies and two dictionaries."""

import frappe

from crm_interactions.demo.write import register

REGION = "Sales Region"
SOURCE = "Lead Source"


def enable_currencies(currencies: set[str]) -> None:
	for name in sorted(currencies):
		currency = frappe.get_doc("Currency", name)
		if not currency.enabled:
			_switch(currency, 1)
			register.add("Currency", name)


def disable_currencies() -> None:
	"""Disable the currencies that the demo enabled, which carry its tag, and remove the tag."""
	for name in register.names("Currency"):
		_switch(frappe.get_doc("Currency", name), 0)
		register.forget("Currency", name)


def _switch(currency, enabled: int) -> None:
	currency.enabled = enabled
	# no version, so that disabling restores the record with its history
	currency.save(ignore_version=True)


def create_dictionary(title: str, values: list[str]) -> dict[str, str]:
	"""Create a dictionary, or add missing values to an existing one, and return value → record name.

	New records are tagged as demo data, so that `demo.remove` deletes them; existing records stay unchanged.
	"""
	if not frappe.db.exists("Interaction Dictionary", title):
		frappe.get_doc({"doctype": "Interaction Dictionary", "title": title}).insert()
		register.add("Interaction Dictionary", title)
	return {value: _value(title, value) for value in values}


def _value(dictionary: str, value: str) -> str:
	fields = {"dictionary": dictionary, "value": value}
	name = frappe.db.get_value("Interaction Dictionary Value", fields)
	if not name:
		name = frappe.get_doc({"doctype": "Interaction Dictionary Value", **fields}).insert().name
		register.add("Interaction Dictionary Value", name)
	return name
