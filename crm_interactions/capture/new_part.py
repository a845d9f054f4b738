"""The new part of a mail's text: without quoted text and signature. Imports no Frappe.

The expressions are those of `mailparser_reply`. They are applied here, line by line: the library's own search takes
time that grows with the square of the text, and more (hours for 1 MB of blank lines, or of one line that begins
with *On*), and it loses answers below and between quoted lines.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from mailparser_reply import EmailMessage

from crm_interactions.capture.forwarding import is_forward_subject, opens_forward
from crm_interactions.capture.languages import add_languages

# English is always among them. Danish and Swedish aren't: some of their signatures begin words of other languages.
LANGUAGES = ("cs", "de", "es", "fr", "hr", "it", "nl", "pl", "ru", "sl")
# Limits of the work. The expressions of headers search two lines, in time that grows with the square of their length
# or more; the effort is the sum of these squares, and about forty headers of Gmail.
MOST_LINES = 2_000
MOST_EFFORT = 500_000
LONGEST_HEADER, LONGEST_FIELD, LONGEST_SIGNATURE = 200, 100, 60
# of a header that is wrapped, or a block of header fields
HEADER_LINES, BLOCK_LINES = 3, 8
QUOTE = ">"
FIELD = re.compile(r"[* ]*[^\W\d_][\w -]{0,20}[*]?:")
TIME = re.compile(r"\b\d{1,2}[:.]\d\d\b")
ADDRESS = re.compile(r".<[^<>\s]+@[^<>\s]+>")
# a rule or a title between rules, which some programs write above the header
SEPARATOR = re.compile(r"[-_*=]{5,}(?: ?[^-_*=]{1,40} ?[-_*=]{5,})?")


def new_part(text: str, languages: Iterable[str] = LANGUAGES, subject: str = "") -> str:
	"""Return the text without quoted lines, their headers and the signature.

	The whole text comes back for a forwarded mail, by its text or subject, and if nothing would be left.

	Args:
		text: plain text; quoted lines begin with >, or follow a header of the sender's mail program.
		languages: ISO 639-1 codes of the languages of headers and signatures.
	"""
	lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
	if is_forward_subject(subject):
		return text.strip()
	reader = _Reader(lines, *_expressions(tuple(languages)))
	kept = reader.read()
	return text.strip() if reader.is_forward or not kept else kept


@lru_cache(maxsize=32)
def _expressions(languages: tuple[str, ...]) -> tuple[re.Pattern, re.Pattern]:
	"""Return the library's expressions of headers and signatures."""
	add_languages()
	# lists keep their hyphens
	message = EmailMessage(text="", languages=list(languages), keep_hyphen_lists=True)
	return message.HEADER_REGEX, message.SIGNATURE_REGEX


def effort(text: str) -> int:
	"""Return a measure of the time that the expression of headers takes for a text."""
	return sum(map(len, text.split("\n", 2)[:2])) ** 2


class _Reader:
	"""Reads the lines of a mail once, from the top."""

	def __init__(self, lines: list[str], header: re.Pattern, signature: re.Pattern):
		self.lines = lines
		self.stripped = [line.strip() for line in lines]
		self.header = header
		self.signature = signature
		self.effort_left = MOST_EFFORT
		self.is_forward = False

	def read(self) -> str:
		"""Return the new lines, or "" without any; sets `is_forward` at a forwarded mail that no quotation precedes."""
		kept: list[str] = []
		at, in_signature, quoted = 0, False, False
		while at < len(self.lines):
			line = self.stripped[at]
			if not line:
				kept += [""] if kept and kept[-1] else []
			elif not quoted and opens_forward(line):
				self.is_forward = True
				return ""
			elif line.startswith(QUOTE):
				# a signature ends where a quotation begins: answers may follow
				in_signature, quoted = False, True
			elif at < MOST_LINES and self._is_block(at):
				break
			elif at < MOST_LINES and (count := self._header_lines(at)):
				# without marks, all of the rest is quoted
				if not self._next_is_quoted(at + count):
					break
				in_signature, quoted = False, True
				at += count
				continue
			elif not in_signature:
				in_signature = at < MOST_LINES and bool(kept) and self._is_signature(line)
				if not in_signature:
					kept.append(self.lines[at].rstrip())
			at += 1
		return _tidy(kept)

	def _header_lines(self, at: int) -> int:
		"""Return how many lines are a header such as *On 5 June 2023, Ana wrote:* that begins at a line; 0 for none."""
		for count in range(1, HEADER_LINES + 1):
			part = self.stripped[at : at + count]
			if len(part) < count or not part[-1] or part[-1].startswith(QUOTE):
				break
			# text directly above a header is not part of it
			if self._is_header(" ".join(part), at + count):
				return count if count == 1 or not self._is_header(" ".join(part[1:]), at + count) else 0
		return 0

	def _is_header(self, text: str, end: int) -> bool:
		# headers have a date, sentences that introduce a list seldom
		is_candidate = len(text) <= LONGEST_HEADER and text.endswith((":", "：")) and _has_digit(text)
		if not is_candidate:
			return False
		# in any language, as the library lacks some headers of Gmail and Thunderbird
		signs = bool(TIME.search(text)), bool(ADDRESS.search(text)), self._next_is_quoted(end)
		return sum(signs) >= 2 or self._matches_header(text)

	def _is_block(self, at: int) -> bool:
		"""Return whether a line begins a block of header fields (Outlook), or is the library's separator."""
		line = self.stripped[at]
		if line.startswith("-----"):
			return len(line) <= LONGEST_FIELD and self._matches_header(line)
		if not FIELD.match(line) or not any(FIELD.match(other) for other in self.stripped[at + 1 : at + 3]):
			return False
		block = [other[:LONGEST_FIELD] for other in self.stripped[at : at + BLOCK_LINES]]
		return _has_digit("".join(block)) and self._matches_header("\n".join(block))

	def _matches_header(self, text: str) -> bool:
		self.effort_left -= effort(text)
		return self.effort_left >= 0 and bool(self.header.match(text))

	def _is_signature(self, line: str) -> bool:
		# the expression requires text, or blank lines, before some signatures
		return 0 < len(line) <= LONGEST_SIGNATURE and bool(self.signature.search(f"\n\n{line}\n"))

	def _next_is_quoted(self, at: int) -> bool:
		return next((line.startswith(QUOTE) for line in self.stripped[at : at + BLOCK_LINES] if line), False)


def _has_digit(text: str) -> bool:
	return any(character.isdecimal() for character in text)


def _tidy(kept: list[str]) -> str:
	"""Return lines as text, without blank lines at the ends and without separators at the end."""
	while kept and (not kept[-1] or SEPARATOR.fullmatch(kept[-1].strip())):
		kept.pop()
	return "\n".join(kept)
