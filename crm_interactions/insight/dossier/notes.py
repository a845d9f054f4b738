"""Notes of activities, cleaned for print: no address of them is fetched."""

from frappe import _

from crm_interactions.insight.dossier import values
from crm_interactions.insight.dossier.files import Document
from crm_interactions.insight.dossier.parts import Note
from crm_interactions.insight.dossier.pictures import Pictures
from crm_interactions.insight.dossier.writing import find_direction
from crm_interactions.platform.print_html import on_paper
from crm_interactions.platform.stored_text import as_html, of_message


class Notes:
	"""The notes of a dossier's documents.

	Args:
		documents: the documents by type and name.
		readable: the documents whose pictures the user may read.
	"""

	def __init__(self, documents: dict[Document, dict], readable: set[Document]):
		self._fields = {
			doctype: values.list_texts(doctype) for doctype in {kind for kind, _name in documents}
		}
		texts = (
			document.get(df.fieldname) or ""
			for (doctype, _name), document in documents.items()
			for df in self._fields[doctype]
			if df.fieldtype in values.RICH
		)
		self._pictures = Pictures(texts, readable)

	def list_notes(self, doctype: str, document: dict) -> list[Note]:
		"""Return the notes of a document that aren't blank."""
		found = [(df, self._clean(df, document.get(df.fieldname))) for df in self._fields[doctype]]
		return [Note(_(df.label), html, find_direction(of_message(html))) for df, html in found if html]

	def _clean(self, df, text: str | None) -> str:
		if not text or not text.strip():
			return ""
		if df.fieldtype not in values.RICH:
			return as_html(text).replace("\n", "<br>")
		html = on_paper(text, self._pictures.embed, _("Picture not included"))
		return html if "<img" in html or of_message(html) else ""
