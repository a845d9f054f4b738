"""Page *Help*: the documents of the installed version, for logged-in users (`/interactions-help?page=insight`)."""

import re
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import md_to_html

no_cache = 1
FOLDER = Path(__file__).parents[2] / "docs"
# name in the address → title
PAGES = {
	"using": "Using It",
	"supervising": "Supervising",
	"administering": "Administering",
	"insight": "Insight",
	"capture": "Capture",
	"importing": "Importing",
	"telephony": "Telephony",
}
PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n", re.MULTILINE)
LINK = re.compile(r"\]\((\w+)\.md(#[\w-]+)?\)")


def get_context(context):
	"""Fill the page with one document, without its pictures, which only the repository has.

	Raises: PermissionError for guests; DoesNotExistError for another document, or if the app came without its documents.
	"""
	if frappe.session.user == "Guest":
		frappe.throw(_("Log in to read the help."), frappe.PermissionError)
	name = frappe.form_dict.get("page") or "using"
	path = FOLDER / f"{name}.md"
	if name not in PAGES or not path.exists():
		frappe.throw(_("There is no such help page."), frappe.DoesNotExistError)
	context.title = _(PAGES[name])
	context.pages = [
		{"title": _(title), "url": f"/interactions-help?page={page}", "current": page == name}
		for page, title in PAGES.items()
	]
	context.text = md_to_html(LINK.sub(_address, PICTURE.sub("", path.read_text(encoding="utf-8"))))
	return context


def _address(link: re.Match) -> str:
	"""Return the address of a link between documents; others than `PAGES` are for developers, and lead nowhere here."""
	page, anchor = link[1], link[2] or ""
	return f"](/interactions-help?page={page}{anchor})" if page in PAGES else "](#)"
