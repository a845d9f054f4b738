"""HTML to PDF by WeasyPrint, which Frappe ships; nothing is fetched, neither from a server nor from the disk."""

import base64
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from frappe.utils import get_url
from frappe.utils.weasyprint import import_weasyprint

EMBEDDED = re.compile(r"data:(image/(?:png|jpe?g|gif|webp|bmp));base64,([\w+/=\s]*)", re.IGNORECASE)
# WeasyPrint's logger of its steps
STEPS = logging.getLogger("weasyprint.progress")


def render(html: str, style: str, on_page: Callable[[int], None]) -> tuple[bytes, int]:
	"""Return the PDF of an HTML document, and the number of its pages.

	Args:
		style: style sheet.
		on_page: called with the number of each page that is laid out; may be called again with earlier numbers.

	Raises: ValidationError if the server lacks the libraries that WeasyPrint needs.
	"""
	HTML, CSS = import_weasyprint()
	source = HTML(string=html, base_url=get_url(), url_fetcher=fetch)
	sheet = CSS(string=style, url_fetcher=fetch)
	with _watching(on_page):
		document = source.render(stylesheets=[sheet])
		return document.write_pdf(), len(document.pages)


def fetch(address: str):
	"""Return the content of an embedded picture as WeasyPrint's fetchers do; ValueError for all other addresses."""
	found = EMBEDDED.fullmatch(address)
	if not found:
		raise ValueError("Nothing is fetched for a dossier.")
	content, kind = base64.b64decode(found[2]), found[1].lower()
	try:
		from weasyprint.urls import URLFetcherResponse  # since WeasyPrint 68
	except ImportError:
		return {"string": content, "mime_type": kind}
	return URLFetcherResponse(address, content, {"Content-Type": kind})


@contextmanager
def _watching(on_page: Callable[[int], None]) -> Iterator[None]:
	"""Report the pages that WeasyPrint names in its log within a block."""
	handler = _Pages(on_page)
	level, STEPS.propagate = STEPS.level, False
	STEPS.addHandler(handler)
	STEPS.setLevel(logging.INFO)
	try:
		yield
	finally:
		STEPS.removeHandler(handler)
		STEPS.setLevel(level)
		STEPS.propagate = True


class _Pages(logging.Handler):
	def __init__(self, on_page: Callable[[int], None]):
		super().__init__()
		self._on_page = on_page

	def emit(self, record: logging.LogRecord) -> None:
		if "Page %d" in record.msg and record.args:
			self._on_page(record.args[0])
