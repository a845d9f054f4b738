"""Frappe's own page for imports knows all columns of a converted export of another CRM (docs/importing.md)."""

import csv
import io
from secrets import token_hex

from playwright.sync_api import expect

from tests.browser.desk import form, wait_for_form
from tests.browser.fixtures import ADMINISTRATOR, party_fixture, user_fixture

administrator = user_fixture("imports@example.com", "Imre", ADMINISTRATOR)
partner = party_fixture("Adria Imports", "Ana Horvat", "+385 1 555 0124")


def as_csv(row: dict) -> str:
	out = io.StringIO(newline="")
	writer = csv.DictWriter(out, list(row))
	writer.writeheader()
	writer.writerow(row)
	return out.getvalue()


def test_all_columns_of_a_converted_file_are_known(site, open_desk, administrator, partner, shot):
	topic = f"Price of the pumps {token_hex(3)}"
	row = {
		**{"former_id": f"HubSpot call {token_hex(6)}", "interaction_type": "Phone Call", "title": topic},
		**{"direction": "Incoming", "how_to_reach": "+385 1 555 0124", **partner},
		**{"starts_on": "2024-03-05 14:30:00", "status": "Held"},
	}
	made = site.make("Data Import", reference_doctype="Interaction", import_type="Insert New Records")
	# attached here, because Frappe 16's form fails on the comment about a new file
	attached = {"attached_to_doctype": "Data Import", "attached_to_name": made["name"], "is_private": 1}
	file = site.make("File", file_name=f"{token_hex(4)}.interaction.csv", content=as_csv(row), **attached)
	site.put("Data Import", made["name"], import_file=file["file_url"])

	page = open_desk(administrator, "desktop")
	page.goto(f"/app/data-import/{made['name']}")
	wait_for_form(page, made["name"])
	preview = form(page).locator("[data-fieldname=import_preview]")
	expect(preview).to_contain_text(row["former_id"])
	shot(page, "import-preview")
	# a green dot marks a heading that Frappe knows; tests/site imports the rows
	assert page.evaluate("() => cur_frm.import_preview.preview_data.warnings.length") == 0
	columns = page.evaluate(
		"() => cur_frm.import_preview.preview_data.columns.map((one) => one.df?.fieldname)"
	)
	assert [name for name in columns if name] == [*row]
	expect(page.get_by_role("button", name="Start Import").locator("visible=true").first).to_be_enabled()
