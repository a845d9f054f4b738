"""CRM Form Script: the action *Log Interaction* on Frappe CRM's own pages."""

from pathlib import Path

DOCTYPE = "CRM Form Script"
SCRIPT = Path(__file__).parent / "log_interaction.js"
# Frappe CRM looks for a JavaScript class with the document type's name
FORM = """
class NAME {
	async onLoad() {
		const added = await log_actions({ doc: this.doc, call, toast, createDialog });
		this.actions = [...this.actions, ...added];
	}
}
"""
# the only kind of entry that the page of an organisation runs, since Frappe CRM 1.54
PAGE = """
async function setupForm({ doc, call, toast, $dialog }) {
	return { actions: await log_actions({ doc, call, toast, createDialog: $dialog }) };
}
"""
ENTRIES = {"CRM Lead": FORM, "CRM Deal": FORM, "CRM Organization": PAGE}


def list_scripts() -> list[dict]:
	"""Return the records of the scripts, one for each document type.

	They are standard, as Frappe CRM's own: its form offers to disable them, and to change a copy.
	"""
	shared = SCRIPT.read_text(encoding="utf-8")
	return [
		{
			"doctype": DOCTYPE,
			"name": f"Log Interaction in {doctype}",
			"dt": doctype,
			"view": "Form",
			"enabled": 1,
			"is_standard": 1,
			"script": shared + entry.replace("NAME", doctype.replace(" ", "")),
		}
		for doctype, entry in ENTRIES.items()
	]
