"""A parser of scripts, as far as the rules need it: literals with their positions, and the code between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

# where a comment, a regular expression or a literal may begin
NOT_CODE = re.compile(r"[\"'`/]")
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
PATTERN = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n\[])+/\w*")
QUOTES = ('"', "'", "`")
VALUE_MAY_FOLLOW = "=(,:;!&|?{}["


@dataclass(frozen=True)
class Literal:
	"""A string or a template: its text without quotes, with `${}` for each value, and the sources of the values."""

	text: str
	start: int
	end: int
	quote: str
	values: tuple[str, ...] = ()


@dataclass
class Script:
	source: str
	literals: list[Literal] = field(default_factory=list)
	code: str = ""  # the source with comments and literals blanked, at the same positions

	def line(self, position: int) -> int:
		return self.source.count("\n", 0, position) + 1

	def before(self, literal: Literal) -> str:
		return self.code[: literal.start].rstrip()

	def after(self, literal: Literal) -> str:
		return self.code[literal.end :].lstrip()

	def calls(self, pattern: str) -> Iterator[tuple[int, str]]:
		"""Yield (line, source of the arguments) of each call of a function that the pattern matches."""
		for match in re.finditer(rf"(?:{pattern})\(", self.code):
			end = closing(self.code, match.end() - 1)
			yield self.line(match.start()), self.source[match.end() : end].strip()

	def enclosing_call(self, position: int) -> tuple[str, str]:
		"""Return function and source of the arguments of the innermost call around a position."""
		depth = 0
		for start in range(position - 1, -1, -1):
			depth += {")": 1, "(": -1}.get(self.code[start], 0)
			if depth < 0:
				function = re.search(r"[\w.$]*$", self.code[:start].rstrip()).group()
				return function, self.source[start + 1 : closing(self.code, start)]
		return "", ""


@cache
def parse(source: str) -> Script:
	"""Parse a script, including the values inside templates."""
	script = Script(source)
	blanked = list(source)
	found = NOT_CODE.search(source)
	while found:
		position = found.start()
		comment = COMMENT.match(source, position)
		end = comment.end() if comment else _skip_pattern(source, position)
		if not end and source[position] != "/":
			literal, inner = _read_literal(source, position)
			script.literals.append(literal)
			script.literals.extend(inner)
			end = literal.end
		if end:
			blanked[position:end] = re.sub(r"[^\n]", " ", source[position:end])
		found = NOT_CODE.search(source, end or position + 1)
	script.code = "".join(blanked)
	return script


def closing(code: str, opening: int) -> int:
	"""Return the position of the bracket that closes the one at `opening`, or the end of the code."""
	depth = 0
	for position in range(opening, len(code)):
		depth += (code[position] in "({[") - (code[position] in ")}]")
		if not depth:
			return position
	return len(code)


def _skip_pattern(source: str, start: int) -> int | None:
	"""Return the end of a regular expression, which stands where a value may begin; None for a division."""
	before = source[max(0, start - 200) : start].rstrip()
	begins_value = not before or before[-1] in VALUE_MAY_FOLLOW or before.endswith("return")
	if source[start] != "/" or not begins_value:
		return None
	match = PATTERN.match(source, start)
	return match.end() if match else None


def _read_literal(source: str, start: int) -> tuple[Literal, list[Literal]]:
	quote, position = source[start], start + 1
	text, values, inner = [], [], []
	while position < len(source) and source[position] != quote:
		if source[position] == "\\":
			text.append(source[position + 1 : position + 2])
			position += 2
		elif quote == "`" and source.startswith("${", position):
			end = _end_of_value(source, position + 1)
			values.append(source[position + 2 : end].strip())
			inner += [
				replace(found, start=found.start + position + 2, end=found.end + position + 2)
				for found in parse(source[position + 2 : end]).literals
			]
			text.append("${}")
			position = end + 1
		else:
			text.append(source[position])
			position += 1
	return Literal("".join(text), start, position + 1, quote, tuple(values)), inner


def _end_of_value(source: str, opening: int) -> int:
	"""Return the position of the brace that ends a template's value, ignoring literals inside it."""
	depth, position = 0, opening
	while position < len(source):
		if source[position] in QUOTES:
			position = _read_literal(source, position)[0].end
			continue
		depth += {"{": 1, "}": -1}.get(source[position], 0)
		if not depth:
			return position
		position += 1
	return len(source)
