"""Pictures in notes: files that the reader may read, scaled down for paper and embedded."""

import base64
import re
from collections.abc import Iterable
from io import BytesIO
from urllib.parse import unquote

import frappe
from frappe.utils import create_batch
from PIL import Image

from crm_interactions.insight.dossier import files

ADDRESS = re.compile(r"""<img\b[^<>]*?\ssrc\s*=\s*["']([^"']+)""", re.IGNORECASE)
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
LARGEST = (1600, 1600)  # pixels; 240 to the inch across a page
QUALITY = 85


class Pictures:
	"""The pictures of notes.

	Args:
		texts: the rich texts that name them.
		documents: documents that the user may read, with the pictures attached to them.
	"""

	def __init__(self, texts: Iterable[str], documents: set[files.Document]):
		self._rows = _select(
			{_path(address) for text in texts for address in ADDRESS.findall(text)}, documents
		)

	def embed(self, address: str) -> str | None:
		"""Return the picture at an address of this site as a data: address; None unless the user may read it."""
		row = self._rows.get(_path(address))
		path = files.find_path(row) if row else None
		return _encode(path) if path else None


def _path(address: str) -> str:
	return unquote(address.partition("?")[0])


def _select(paths: set[str], documents: set[files.Document]) -> dict:
	"""Return address → File of the readable ones: public, the user's own, or attached to one of the documents."""
	found = {}
	for batch in create_batch(sorted(path for path in paths if "/files/" in path), files.BATCH):
		for row in frappe.get_all(files.FILE, {"file_url": ("in", batch)}, files.FIELDS, order_by=None):
			is_own = row.owner == frappe.session.user
			if not row.is_private or is_own or (row.attached_to_doctype, row.attached_to_name) in documents:
				found[row.file_url] = row
	return found


def _encode(path: str) -> str | None:
	try:
		with Image.open(path, formats=FORMATS) as picture:
			picture.thumbnail(LARGEST)
			has_alpha = "A" in picture.getbands() or "transparency" in picture.info
			stored = BytesIO()
			if has_alpha:
				picture.convert("RGBA").save(stored, "PNG")
			else:
				picture.convert("RGB").save(stored, "JPEG", quality=QUALITY)
	except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
		return None  # no picture, or a damaged or huge one
	kind = "png" if has_alpha else "jpeg"
	return f"data:image/{kind};base64,{base64.b64encode(stored.getvalue()).decode()}"
