"""What the activities of the demo need around them: currencies that are enabled, and two further dictionaries."""

from __future__ import annotations

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
	"""Only those that the demo enabled carry its tag."""
	for name in register.names("Currency"):
		_switch(frappe.get_doc("Currency", name), 0)
		register.forget("Currency", name)


def _switch(currency, enabled: int) -> None:
	currency.enabled = enabled
	# switched back it is as it was, history included
	currency.save(ignore_version=True)


def create_dictionary(title: str, values: list[str]) -> dict[str, str]:
	"""Make a dictionary with its values, or complete one of that name, and return the record of each value."""
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
