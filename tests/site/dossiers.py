"""Dossiers made by their job, read with pypdf."""

import re
from dataclasses import dataclass
from io import BytesIO

import frappe
from pypdf import PdfReader

from crm_interactions.insight.dossier import job

NUMBER = re.compile(r"^(.*?)[ .]+(\d+)$")


@dataclass
class Paper:
	"""A dossier: its File, its pages, and their texts with single spaces."""

	file: object
	reader: PdfReader
	texts: list[str]

	@property
	def text(self) -> str:
		return "\n".join(self.texts)

	def section(self, title: str) -> str:
		"""Return the text from the page that begins with a title; sections begin on pages of their own."""
		start = next(number for number, text in enumerate(self.texts) if number and text.startswith(title))
		return "\n".join(self.texts[start:])


def make(chain: str, language: str = "en") -> Paper:
	"""Run the job as the session's user, and read the file of its result; pytest fails if the job has failed."""
	job.run(chain, frappe.session.user, language)
	known = job.read_progress(chain)
	assert known["state"] == job.DONE, known
	file = frappe.get_doc("File", {"file_url": known["file_url"]})
	reader = PdfReader(BytesIO(file.get_content()))
	assert known["pages"] == len(reader.pages)
	return Paper(file, reader, [_plain(page.extract_text()) for page in reader.pages])


def _plain(text: str) -> str:
	"""Return a text with single spaces, and without those that pypdf puts before a closely set full stop or comma."""
	return re.sub(r" (?=[.,])", "", re.sub(r"[ \n]+", " ", text))


def contents(paper: Paper) -> list[tuple[str, int]]:
	"""Return the entries of the contents, which are on the second page, with their page numbers."""
	lines = paper.reader.pages[1].extract_text().splitlines()
	found = [NUMBER.match(re.sub(r"[ .]{3,}", "  ", line.strip())) for line in lines]
	return [(match[1].strip(), int(match[2])) for match in found if match and "of" not in match[1].split()]


def headings(paper: Paper) -> list[tuple[str, int]]:
	"""Return the headings of sections and activities, from the bookmarks, with their real page numbers."""
	return [*_walk(paper.reader, paper.reader.outline)]


def _walk(reader: PdfReader, entries):
	for entry in entries:
		if isinstance(entry, list):
			yield from _walk(reader, entry)
		else:
			yield entry.title, reader.get_destination_page_number(entry) + 1
