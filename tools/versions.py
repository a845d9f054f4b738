"""Choose the Python and the Node that a source requires. Pure."""

import re
from collections.abc import Iterable

Version = tuple[int, ...]

# Preferred first: versions for which Frappe's dependencies have wheels.
PYTHON_PREFERENCE: tuple[Version, ...] = ((3, 12), (3, 13), (3, 11), (3, 14), (3, 10))
NEWEST_PYTHON_MINOR = 20
NODE_LTS = (24, 22, 20, 18)


def parse(text: str) -> Version:
	"""Parse `v20.11.1` into (20, 11, 1); the first part that is no number ends the version."""
	match = re.match(r"v?(\d+(?:\.\d+)*)", text.strip())
	return tuple(int(part) for part in match[1].split(".")) if match else ()


def python_allows(requires: str, version: Version) -> bool:
	"""Return True if `requires-python` (PEP 440: >=, <=, >, <, ==, !=, ~=, joined by commas) allows the version."""
	return all(_python_clause(clause.strip(), version) for clause in requires.split(",") if clause.strip())


def choose_python(requires: str, candidates: Iterable[tuple[Version, str]]) -> tuple[Version, str] | None:
	"""Return the best allowed interpreter (version, path), newest patch first, or None if none is allowed."""
	allowed = [item for item in candidates if python_allows(requires, item[0])]
	return max(allowed, key=lambda item: (-_rank(item[0][:2]), item[0]), default=None)


def python_to_install(requires: str) -> str | None:
	"""Return the version to install, such as `3.14`, or None if no known version is allowed."""
	later = ((3, minor) for minor in range(10, NEWEST_PYTHON_MINOR))
	for version in (*PYTHON_PREFERENCE, *later):
		if python_allows(requires, (*version, 99)):
			return f"{version[0]}.{version[1]}"
	return None


def node_allows(engines: str, version: Version) -> bool:
	"""Return True if `engines.node` (npm's ranges: >=18, ^20.9, 24.x, a || b, 18 - 22) allows the version."""
	if not engines.strip():
		return True
	return any(_node_range(part.strip(), version) for part in engines.split("||"))


def node_to_install(engines: str) -> int | None:
	"""Return the major version of Node to install, a long-term one where possible, or None if none is allowed."""
	newest = max((parse(found)[0] for found in re.findall(r"\d+[\d.]*", engines)), default=NODE_LTS[0])
	for major in (*NODE_LTS, *range(newest, newest + 3)):
		if node_allows(engines, (major, 99, 99)):
			return major
	return None


def _rank(minor: Version) -> int:
	if minor in PYTHON_PREFERENCE:
		return PYTHON_PREFERENCE.index(minor)
	return len(PYTHON_PREFERENCE)


def _padded(version: Version, length: int) -> Version:
	return (*version, *(0,) * length)[: max(length, len(version))]


def _compare(version: Version, other: Version) -> int:
	length = max(len(version), len(other))
	left, right = _padded(version, length), _padded(other, length)
	return (left > right) - (left < right)


def _python_clause(clause: str, version: Version) -> bool:
	match = re.match(r"(~=|===?|!=|<=|>=|<|>)\s*(.+)", clause)
	if not match:
		return False
	operator, text = match[1], match[2].strip()
	other = parse(text)
	if operator == "~=":
		return _compare(version, other) >= 0 and version[: len(other) - 1] == other[:-1]
	if operator in ("==", "===", "!="):
		same = version[: len(other)] == other if text.endswith(".*") else _compare(version, other) == 0
		return same if operator != "!=" else not same
	return _holds(operator, _compare(version, other))


def _node_range(text: str, version: Version) -> bool:
	if between := re.fullmatch(r"v?([\d.]+)\s+-\s+v?([\d.]+)", text):
		upper = parse(between[2])
		return _compare(version, parse(between[1])) >= 0 and version[: len(upper)] <= upper
	clauses = re.findall(r"(\^|~|>=|<=|>|<|=)?\s*v?(\d[\w.*-]*|[*xX])", text)
	return bool(clauses) and all(_node_clause(operator, number, version) for operator, number in clauses)


def _node_clause(operator: str, text: str, version: Version) -> bool:
	other = parse(text)
	if not other:
		return True
	if operator in ("", "="):
		return version[: len(other)] == other
	if operator == "^":
		return _compare(version, other) >= 0 and version[0] == other[0]
	if operator == "~":
		return _compare(version, other) >= 0 and version[: min(2, len(other))] == other[:2]
	if operator == ">" and len(other) < len(version):
		return version[: len(other)] > other
	if operator == "<=":
		return version[: len(other)] <= other
	return _holds(operator, _compare(version, other))


def _holds(operator: str, order: int) -> bool:
	return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[operator]
