"""Phrases that the project's prose avoids, counted in docstrings, comments and translatable strings (CONTRIBUTING.md).

The count is a floor, not a goal: it finds relative clauses in the place of a noun, and pronouns without one.
"""

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tools.paths import APP, CHECKOUT
from tools.say import line

FOLDERS = (APP, "tests", "tools", "benchmarks")
# per 1,000 words
MOST = 0.3
PHRASES = re.compile(
	r"\b(?:what (?:is|isn't|are|was|were|has|had|comes?|came|goes|stays|stands|belongs|follows|hangs|can|may|must)"
	r"|who(?:m)?ever|somebody|someone|nobody|no one|one who|those who|(?<!/)he|his|him|himself)\b",
	re.IGNORECASE,
)
WORD = re.compile(r"[A-Za-z][\w'-]*")
# a string that a function translates, in Python, JavaScript and Jinja
TRANSLATED = re.compile(r"""\b__?\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")
SCRIPT_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)
JINJA_COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
RECORD_KEYS = ("label", "description")


def has_too_many() -> bool:
	"""Print the phrases found if they exceed the limit; return whether they do."""
	words, found = 0, []
	for path in sorted(path for folder in FOLDERS for path in (CHECKOUT / folder).rglob("*")):
		if {"node_modules", "dist", "story"} & set(path.parts):
			continue
		for number, text in texts(path):
			words += len(WORD.findall(text))
			found += [(path.relative_to(CHECKOUT), number, match) for match in phrases(text)]
	rate = 1000 * len(found) / max(words, 1)
	if rate > MOST:
		for path, number, phrase in found:
			line(f"{path}:{number}: {phrase!r}")
	line(f"prose: {len(found)} avoidable phrases in {words:,} words, {rate:.2f} per 1,000; at most {MOST}")
	return rate > MOST


def phrases(text: str) -> list[str]:
	return PHRASES.findall(text)


def texts(path: Path) -> Iterator[tuple[int, str]]:
	"""Yield the line number and the text of each docstring, comment and translatable string of a file."""
	readers = {".py": python, ".js": script, ".mjs": script, ".html": template, ".json": record}
	if reader := readers.get(path.suffix):
		yield from reader(path.read_text(encoding="utf-8"))


def python(source: str) -> Iterator[tuple[int, str]]:
	for node in ast.walk(ast.parse(source)):
		documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
		if isinstance(node, documented) and (text := ast.get_docstring(node)):
			yield node.body[0].lineno, text
		if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "_lt"):
			for argument in node.args[:1]:
				if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
					yield node.lineno, argument.value
	for token in tokenize.generate_tokens(io.StringIO(source).readline):
		if token.type == tokenize.COMMENT:
			yield token.start[0], token.string


def script(source: str) -> Iterator[tuple[int, str]]:
	yield from _matches(SCRIPT_COMMENT, source)
	yield from _matches(TRANSLATED, source)


def template(source: str) -> Iterator[tuple[int, str]]:
	yield from _matches(JINJA_COMMENT, source)
	yield from _matches(TRANSLATED, source)


def record(source: str) -> Iterator[tuple[int, str]]:
	"""Labels and descriptions of document types and other records that Frappe ships."""
	waiting = [json.loads(source)]
	while waiting:
		value = waiting.pop()
		if isinstance(value, dict):
			yield from ((1, value[key]) for key in RECORD_KEYS if isinstance(value.get(key), str))
		if isinstance(value, dict | list):
			waiting.extend(value.values() if isinstance(value, dict) else value)


def _matches(pattern: re.Pattern, source: str) -> Iterator[tuple[int, str]]:
	for match in pattern.finditer(source):
		yield source.count("\n", 0, match.start()) + 1, match.group()
