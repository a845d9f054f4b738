"""Text of an HTML mail, with > before quoted lines as in plain text. Imports no Frappe."""

import re
from collections import Counter

from crm_interactions.capture.forwarding import opens_forward
from crm_interactions.invitations.plain_text import Reader

# longer HTML takes long to parse; the text of a mail comes before its longest parts, the pictures
LONGEST = 1_000_000
# quoted elements of Gmail, Thunderbird, Yahoo and Proton Mail
QUOTED_CLASSES = {"gmail_quote", "gmail_attr", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote"}
# elements of Outlook, above a quotation that lasts to the end of the mail
QUOTED_FROM_CLASSES = {"OutlookMessageHeader"}
QUOTED_FROM_IDS = {"divRplyFwdMsg", "x_divRplyFwdMsg", "appendonsend"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# no text has them: HTML excludes control characters
START, END = "\x0e", "\x0f"
MARK = "> "
# Python's parser searches the whole rest for the end of each comment, and of each tag that isn't closed
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
UNCLOSED = re.compile(r"<(?=[^<>]*(?:<|\Z))")
# fewer are attributes with < in them
MOST_UNCLOSED = 100


def text_of_mail(html: str | None) -> str:
	"""Return the text of HTML; quoted lines begin with >, except those of a forwarded mail."""
	html = COMMENT.sub("", (html or "")[:LONGEST]).replace(START, "").replace(END, "")
	if len(UNCLOSED.findall(html)) > MOST_UNCLOSED:
		html = UNCLOSED.sub("&lt;", html)
	text = _MailReader().read(html)
	lines, depth = [], 0
	for line in text.split("\n"):
		depth += line.count(START) - line.count(END)
		lines.append((line.replace(START, "").replace(END, ""), depth > 0))
	return _mark(lines)


def _mark(lines: list[tuple[str, bool]]) -> str:
	forward = next((at for at, (line, _) in enumerate(lines) if opens_forward(line)), len(lines))
	if any(quoted and line for line, quoted in lines[:forward]):
		forward = len(lines)
	marked = [
		f"{MARK}{line}" if quoted and line and at < forward else line
		for at, (line, quoted) in enumerate(lines)
	]
	return "\n".join(marked).strip()


class _MailReader(Reader):
	"""Puts START and END around the text of quoted elements, each at the beginning of a line."""

	def __init__(self):
		super().__init__()
		self.open: list[tuple[str, bool]] = []  # elements, and whether a quotation begins with them
		self.open_names: Counter[str] = Counter()  # found without a search

	def handle_starttag(self, tag, attributes):
		super().handle_starttag(tag, attributes)
		if tag in VOID:
			return
		values = {name: value or "" for name, value in attributes}
		if _begins_endless_quotation(values):
			self._put(START)
		quoted = _is_quoted(tag, values)
		if quoted:
			self._put(START)
		self.open.append((tag, quoted))
		self.open_names[tag] += 1

	def handle_endtag(self, tag):
		super().handle_endtag(tag)
		name = "" if self.open_names[tag] else tag
		while name != tag:
			name, quoted = self.open.pop()
			self.open_names[name] -= 1
			if quoted:
				self._put(END)

	def _put(self, mark: str) -> None:
		self._start_line()
		self.parts.append(mark)

	def _at_start(self) -> bool:
		return super()._at_start() or self.parts[-1] in (START, END)


def _is_quoted(tag: str, attributes: dict[str, str]) -> bool:
	classes = {*attributes.get("class", "").split()}
	if classes & QUOTED_CLASSES or attributes.get("id", "").startswith("yahoo_quoted"):
		return True
	# Gmail indents with a blockquote, too, and takes its border away
	style = attributes.get("style", "").replace(" ", "").lower()
	return tag == "blockquote" and (attributes.get("type") == "cite" or "border:none" not in style)


def _begins_endless_quotation(attributes: dict[str, str]) -> bool:
	classes = {*attributes.get("class", "").split()}
	return bool(classes & QUOTED_FROM_CLASSES) or attributes.get("id") in QUOTED_FROM_IDS
