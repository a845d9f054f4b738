"""The pages of a dossier: HTML of its contents, and its style sheet with header and footer."""

import frappe
from frappe import _
from frappe.utils.jinja_globals import is_rtl
from markupsafe import Markup

from crm_interactions.insight.dossier.parts import Dossier
from crm_interactions.insight.dossier.writing import isolate
from crm_interactions.platform.stored_text import as_typed

FOLDER = "templates", "dossier"
LONGEST_HEADER = 90  # characters on a line
# places of the page number and the total in a translated sentence
COUNTERS = {"{0}": "counter(page)", "{1}": "counter(pages)"}


def build_html(dossier: Dossier) -> str:
	"""Return the HTML of a dossier in the session's language."""
	dossier = isolate(dossier) if is_rtl() else dossier
	return frappe.render_template(
		"templates/dossier/dossier.html",
		{
			"dossier": dossier,
			"language": frappe.local.lang,
			"direction": "rtl" if is_rtl() else "ltr",
			"made": _("Made on {0} for {1}, with what this user may read.").format(
				dossier.made_on, dossier.made_for
			),
			"times": _("Times are in the time zone {0}.").format(dossier.zone),
			"clean": Markup,
		},
	)


def build_style(dossier: Dossier) -> str:
	"""Return the style sheet of a dossier: number and title above each page but the cover, page number below all."""
	title = as_typed(dossier.title)
	if len(title) > LONGEST_HEADER:
		title = f"{title[: LONGEST_HEADER - 1]}…"
	small = "font-size: 8pt; color: #687178; white-space: nowrap;"
	title, number = (isolate(text) if is_rtl() else text for text in (title, dossier.chain))
	first, last = ("right", "left") if is_rtl() else ("left", "right")
	with open(frappe.get_app_path("crm_interactions", *FOLDER, "dossier.css")) as sheet:
		base = sheet.read()
	return f"""{base}
@page {{
	@top-{first} {{ content: {_quote(title)}; {small} }}
	@top-{last} {{ content: {_quote(number)}; {small} }}
	@bottom-{last} {{ content: {_page_number()}; {small} }}
}}
@page :first {{
	@top-{first} {{ content: none; }}
	@top-{last} {{ content: none; }}
}}
"""


def _page_number() -> str:
	"""Return the translated page number as CSS content; the places may be in any order."""
	parts, text = [], _("Page {0} of {1}")
	while text:
		found = [(text.find(mark), mark) for mark in COUNTERS if mark in text]
		start, mark = min(found, default=(len(text), ""))
		parts += [_quote(text[:start])] if start else []
		parts += [COUNTERS[mark]] if mark else []
		text = text[start + len(mark) :]
	return " ".join(parts)


def _quote(text: str) -> str:
	"""Return text as a CSS string; each character that isn't a letter, a digit or a space becomes its code."""
	return (
		'"' + "".join(char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in text) + '"'
	)
