"""The doors that users take for each right that docs/administering.md promises a role; a refused door raises an error.

Each door takes a `Scene`: records of another user, made before the user of the role logs in.
"""

from dataclasses import dataclass
from pathlib import Path

import frappe
from frappe.core.doctype.data_import.data_import import download_errored_template, get_preview_from_template
from frappe.desk import reportview
from frappe.desk.form.load import getdoc
from frappe.desk.form.save import savedocs
from frappe.desk.query_report import run
from frappe.model.rename_doc import update_document_title

from crm_interactions.api import activity, oversight, settings
from tests.site import imports
from tests.site.factories import interaction, meeting, product_record, record, some_partner, user

DICTIONARIES = (
	*("Interaction Type", "Interaction Priority", "Interaction Category", "Interaction Outcome"),
	*("Interaction Dictionary", "Meeting Resource"),
)
LISTS = ("Activity Link", "Interaction Chain", "Interaction Hand Over")
SETTINGS = "CRM Interactions Settings"
GIVER, TAKER = "giver@example.com", "taker@example.com"
# document type → column → value in a file to import
FILES = {
	"Interaction": {"Type": "Phone Call", "Topic": "Imported", "Phone or E-mail": "+385 1 4567 890"},
	"Meeting": {"Topic": "Imported", "Full Name (Participants)": "Ivo", "Side (Participants)": "Theirs"},
	"Product Record": {"Product": "Pump P-40"},
	"Partner": {"Partner Name": "Imported d.o.o."},
	"Contact": {"First Name": "Imported"},
}


@dataclass
class Scene:
	documents: list
	files: list[Path]

	def of(self, doctype: str):
		return next(doc for doc in self.documents if doc.doctype == doctype).reload()


def make_scene(files: list[Path]) -> Scene:
	user(GIVER, "Interaction User"), user(TAKER, "Interaction User")
	made = [interaction(responsible=GIVER), meeting(responsible=GIVER), product_record()]
	made.append(record("Partner", partner_name="Readable d.o.o."))
	for doctype in DICTIONARIES:
		name = frappe.get_all(doctype, pluck="name", limit=1)
		made.append(frappe.get_doc(doctype, name[0]) if name else new_entry(doctype, "First").insert())
	return Scene(made, files)


def new_entry(doctype: str, title: str):
	return frappe.get_doc({"doctype": doctype, "title": title, "medium": "Other"})


def listed(doctype: str) -> list:
	frappe.local.form_dict = frappe._dict(doctype=doctype, fields='["name"]', filters="[]", page_length="500")
	rows = reportview.get()
	return [row[0] for row in rows["values"]] if rows else []


def shown(doc) -> None:
	getdoc(doc.doctype, doc.name)
	assert doc.name in listed(doc.doctype)


def saved(doc, **changes) -> None:
	frappe.local.response = frappe._dict(docs=[])  # as at the beginning of a request
	savedocs(frappe.as_json({**doc.as_dict(), **changes}), "Save")


def created(doc) -> None:
	frappe.local.response = frappe._dict(docs=[])
	savedocs(
		frappe.as_json({**doc.as_dict(), "__islocal": 1, "name": f"new-{frappe.scrub(doc.doctype)}-1"}),
		"Save",
	)


def recorded(scene) -> None:
	"""Read, write and create activities and partners."""
	for doctype in FILES.keys() - {"Contact"}:
		doc = scene.of(doctype)
		shown(doc)
		saved(doc, notes="<p>Changed</p>")
		values = doc.as_dict(no_default_fields=True) | {"chain": None, "doctype": doctype}
		created(frappe.get_doc(values | ({"partner_name": "New d.o.o."} if doctype == "Partner" else {})))


def lists_read(scene) -> None:
	for doctype in LISTS:
		listed(doctype)


def dictionaries_read(scene) -> None:
	for doctype in DICTIONARIES:
		shown(scene.of(doctype))


def deleted(scene) -> None:
	for doctype in FILES.keys() - {"Contact"}:
		doc = scene.of(doctype)
		copy = frappe.copy_doc(doc, ignore_no_copy=False)
		copy.update({"partner_name": "Removed d.o.o."} if doctype == "Partner" else {})
		copy.insert()
		frappe.local.form_dict = frappe._dict(doctype=doctype, items=frappe.as_json([copy.name]))
		reportview.delete_items()
		assert not frappe.db.exists(doctype, copy.name)


def imported(scene) -> None:
	"""Import each document type, read the list of imports, the preview and the file of refused rows."""
	of = some_partner()
	for doctype, row in FILES.items():
		partner = (
			{"Partner Type": of.doctype, "Partner": of.name} if doctype not in ("Partner", "Contact") else {}
		)
		done = imports.run(imports.table(row | partner), scene.files, doctype=doctype)
		assert imports.imported(done), (doctype, imports.failures(done), imports.warnings(done))
		assert str(done.name) in [str(name) for name in listed("Data Import")]
		get_preview_from_template(done.name)
		download_errored_template(done.name)


def reopened(scene) -> None:
	doc = interaction()
	activity.complete(doc.doctype, doc.name)
	activity.reopen(doc.doctype, doc.name, "A mistake")


def reviewed(scene) -> None:
	pair = [{"activity_type": "Interaction", "activity": scene.of("Interaction").name}]
	assert not activity.review(pair)["refused"]
	assert not activity.control(pair)["refused"]


def handed_over(scene) -> None:
	oversight.hand_over(GIVER, TAKER, open_only=0)
	assert scene.of("Interaction").responsible == TAKER


def workload_read(scene) -> None:
	assert GIVER in frappe.as_json(run("Team Activities")["result"])


def dictionaries_extended(scene) -> None:
	for doctype in DICTIONARIES:
		created(new_entry(doctype, "Added by a Manager"))


def dictionaries_managed(scene) -> None:
	for doctype in DICTIONARIES:
		doc = new_entry(doctype, "To Be Removed").insert()
		saved(doc, description="Changed")
		update_document_title(doctype=doctype, docname=doc.name, name="Renamed", title="Renamed")
		frappe.delete_doc(doctype, "Renamed")


def teams_managed(scene) -> None:
	created(frappe.get_doc(doctype="Interaction Team", team_name="North", title="North", leader=GIVER))


def settings_changed(scene) -> None:
	saved(frappe.get_doc(SETTINGS), remind_before=20)
	frappe.local.form_dict = frappe._dict()
	settings.get_numbering()


def own_reminders_set(scene) -> None:
	saved(frappe.get_doc("Notification Settings", frappe.session.user), interaction_remind_before=30)
