"""Save every interaction, with `use` after recording some with Frappe CRM's partners, and write the state to TARGET.

Run as a script in the bench's Python, from the `sites` folder: partners.py SITE use|look TARGET.
"""

import json
import sys
from pathlib import Path

import frappe

from tests.site import chain_checks, factories

ORGANISATION = "Adria d.o.o."


def main(site: str, what: str, target: str) -> None:
	frappe.init(site=site)
	frappe.connect()
	frappe.flags.mute_emails = True
	if what == "use":
		use()
	for name in frappe.get_all("Interaction", pluck="name"):
		frappe.get_doc("Interaction", name).save()
	chain_checks.assert_consistent()
	Path(target).write_text(json.dumps(state(), default=str), encoding="utf-8")
	frappe.db.commit()
	frappe.destroy()


def use() -> None:
	organisation = _made("CRM Organization", organization_name=ORGANISATION)
	lead = _made("CRM Lead", first_name="Ivo", last_name="Novak", status="New")
	deal = _made("CRM Deal", organization=organisation.name, status="Qualification")
	# as in Frappe CRM, which links a person to an organisation by its name
	person = factories.contact(None, "Ana", company_name=ORGANISATION)
	about = {"subject_type": "CRM Deal", "subject": deal.name}
	factories.interaction(organisation, title="Organisation", contact=person.name, **about)
	factories.interaction(lead, title="Lead", subject_type="CRM Lead", subject=lead.name)


def _made(doctype: str, **fields):
	return frappe.get_doc({"doctype": doctype, **fields}).insert()


def state() -> dict:
	settings = frappe.get_doc("CRM Interactions Settings")
	fields = ["title", "party_type", "party_name", "contact", "subject_type"]
	return {
		"apps": frappe.get_installed_apps(),
		"party types": [row.party_type for row in settings.party_types],
		"subject types": [row.subject_type for row in settings.subject_types],
		"interactions": {row.title: row for row in frappe.get_all("Interaction", fields=fields)},
		"form scripts": _form_scripts(),
	}


def _form_scripts() -> list[str]:
	"""Return the document types of Frappe CRM whose pages have the app's script."""
	if not frappe.db.exists("DocType", "CRM Form Script"):
		return []
	return frappe.get_all("CRM Form Script", {"script": ("like", "%crm_interactions.%")}, pluck="dt")


if __name__ == "__main__":
	main(*sys.argv[1:])
