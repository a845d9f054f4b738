"""Rich text as plain text for calendars, which show no HTML. Imports no Frappe."""

import re
from html.parser import HTMLParser

BLOCKS = {"p", "div", "tr", "table", "blockquote", "pre", "ol", "ul", "h1", "h2", "h3", "h4", "h5", "h6"}
SILENT = {"script", "style"}
BULLET = "•"


def of_html(html: str | None) -> str:
	"""Return the text of HTML: blocks on their own lines, list items with bullet or number, no scripts and styles."""
	return Reader().read(html or "")


class Reader(HTMLParser):
	"""Collects the text of HTML in `parts`."""

	def __init__(self):
		super().__init__(convert_charrefs=True)
		self.parts: list[str] = []
		self.numbers: list[int] = []  # next number of each open list, 0 for bullets
		self.silent = 0

	def read(self, html: str) -> str:
		"""Return the text of a whole HTML document or fragment, without more than one blank line in succession."""
		self.feed(html)
		self.close()
		lines = [re.sub(r"[^\S\n]+", " ", line).strip() for line in "".join(self.parts).split("\n")]
		return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

	def handle_starttag(self, tag, attributes):
		if tag in SILENT:
			self.silent += 1
		elif tag == "br":
			self.parts.append("\n")
		elif tag == "li":
			self._start_line()
			self.parts.append(self._mark(dict(attributes)))
		elif tag in ("td", "th"):
			self.parts.append(" ")
		elif tag in BLOCKS:
			self._start_line()
			if tag in ("ol", "ul"):
				self.numbers.append(1 if tag == "ol" else 0)

	def handle_endtag(self, tag):
		if tag in SILENT:
			self.silent = max(0, self.silent - 1)
		elif tag in BLOCKS or tag == "li":
			if tag in ("ol", "ul") and self.numbers:
				self.numbers.pop()
			self._start_line()

	def handle_data(self, data):
		# HTML collapses white space to one space, and shows none between blocks
		text = re.sub(r"\s+", " ", data)
		if not self.silent and (text != " " or not self._at_start()):
			self.parts.append(text)

	def _start_line(self):
		if not self._at_start():
			self.parts.append("\n")

	def _at_start(self) -> bool:
		return not self.parts or self.parts[-1].endswith("\n")

	def _mark(self, attributes: dict) -> str:
		"""Return an item's bullet or number; Frappe's editor writes all lists as `ol` and marks each item's kind."""
		if attributes.get("data-list") == "bullet" or not self.numbers or not self.numbers[-1]:
			return f"{BULLET} "
		self.numbers[-1] += 1
		return f"{self.numbers[-1] - 1}. "
