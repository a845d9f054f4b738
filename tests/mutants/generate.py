"""Draw small faults in the app's code with a fixed seed: `python -m tests.mutants.generate` writes `mutants.json`.

Packages get faults in proportion to their lines. Within a package, a kind is drawn first and then a place, so that rare
kinds (a lock, an escape) are as frequent as common ones.

No tool from PyPI suffices: cosmic-ray and mutmut change operators and constants, but neither JavaScript nor permission
checks, locks, escapes and time zones; mutmut also replaces functions that `frappe.whitelist` has registered, and
mutatest supports no Python later than 3.8.
"""

import ast
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import accumulate, pairwise
from pathlib import Path

from tests.unit.support.javascript import parse
from tests.unit.support.source import javascript_files, python_files, relative

LIST = Path(__file__).parent / "mutants.json"
SEED, COUNT, TRIES = 12, 80, 50

PAIRS = (("=", "!="), ("in", "not in"), ("set", "not set"), ("<", "<="), (">", ">="), ("asc", "desc"))
OPPOSITE = {one: other for pair in (*PAIRS, ("isin", "notin")) for one, other in (pair, pair[::-1])}
SIGNS = {**OPPOSITE, "==": "!=", "!=": "=="}
CHECK = re.compile(r"(^|[._])(only_for|check_permission|has_permission|may|must|require|refuse|check)(_|$)")
LOCK = re.compile(r"(^|[._])(hold|lock|take_turn|restart_transaction)(_|$)")
ESCAPE = re.compile(r"(^|\.)(escape_html|strip_html|escape|as_html|as_typed|storable|of_message)$")
REFUSAL = re.compile(r"(\w+\.)*_?(throw|refuse)\w*\(")
SCRIPT = (
	("await", r"\bawait ", ""),
	("boundary", r" ([<>]) ", r" \1= "),
	("boundary", r" ([<>])= ", r" \1 "),
	("boundary", r"(?<=[(\[ ])([1-9]\d*)(?=[,;)\] ])", lambda match: str(int(match[1]) + 1)),
	("filter", r" === ", " !== "),
	("filter", r" !== ", " === "),
	("condition", r" && ", " || "),
	("condition", r" \|\| ", " && "),
	("condition", r"(?<=[\s(])!(?=[\w(])", ""),
	("guard", r"(?m)^\t+if \(.*\) return[^;]*;$", ""),
	("call", r"(?m)^\t+[\w$][\w.$]*\([^()]*(\([^()]*\)[^()]*)*\);$", ""),
	("zone", r"\bsystem_datetime\(\)", "now_datetime()"),
	("zone", r"\bfrappe\.datetime\.convert_to_system_tz\(", "("),
	("escape", r"\b(frappe\.utils\.)?escape_html\(", "("),
	("escape", r"(?<!function )\bescaped\(", "("),
	("escape", r"\.text\((?!\))", ".html("),
)

Change = tuple[str, int, int, str]  # kind, start, end, replacement
Place = Callable[[ast.AST], tuple[int, int]]  # returns start and end of a node


@dataclass(frozen=True)
class Mutant:
	"""A fault. line: number of the first line of `before`, from 1. before, after: whole lines."""

	id: str
	file: str
	line: int
	kind: str
	before: str
	after: str


def sources() -> dict[str, str]:
	"""Return the app's Python and JavaScript sources by their path in the checkout."""
	files = sorted([*python_files(), *javascript_files()])
	return {relative(path): path.read_text("utf-8") for path in files}


def package(file: str) -> str:
	"""Return the name of the top-level package, or a dot for modules in none."""
	parts = Path(file).parts
	return parts[1] if len(parts) > 2 else "."


def quotas(files: dict[str, str], count: int = COUNT) -> dict[str, int]:
	"""Return the number of faults for each package: in proportion to its non-blank lines, and at least one."""
	sizes = Counter()
	for file, text in files.items():
		sizes[package(file)] += sum(bool(line.strip()) for line in text.splitlines())
	return {name: max(1, round(count * size / sizes.total())) for name, size in sorted(sizes.items()) if size}


def draw(files: dict[str, str], seed: int = SEED, count: int = COUNT) -> list[Mutant]:
	"""Return faults sorted by file and line, the same for the same sources, seed and count."""
	drawn = []
	for name, number in quotas(files, count).items():
		kinds: dict[str, list[tuple[str, Change]]] = {}
		for file, text in sorted(files.items()):
			for change in changes(file, text) if package(file) == name else ():
				kinds.setdefault(change[0], []).append((file, change))
		chance, found = random.Random(f"{seed} {name}"), {}  # noqa: S311  repeatable
		for _ in range(number * TRIES if kinds else 0):
			file, change = chance.choice(kinds[chance.choice(sorted(kinds))])
			if len(found) < number and (mutant := made(file, files[file], change)):
				found.setdefault((file, mutant.line), mutant)
		drawn += found.values()
	drawn.sort(key=lambda mutant: (mutant.file, mutant.line))
	return [replace(mutant, id=f"M{place:02}") for place, mutant in enumerate(drawn, 1)]


def made(file: str, text: str, change: Change) -> Mutant | None:
	"""Return the change as whole lines, or None if it has no effect, is invalid Python or removes an arrow's value."""
	kind, start, end, replacement = change
	if kind == "call" and text[:start].rstrip().endswith("=>"):
		return None
	first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end) % (len(text) + 1)
	after = text[first:start] + replacement + text[end:last]
	mutant = Mutant("", file, text.count("\n", 0, first) + 1, kind, text[first:last], after)
	try:
		if file.endswith(".py"):
			ast.parse(planted(text, mutant))
	except SyntaxError:
		return None
	return mutant if mutant.before != after else None


def planted(text: str, mutant: Mutant) -> str:
	"""Return the source with the fault, at the matching place nearest to its line.

	Raises: LookupError if no place matches, since the source has changed.
	"""
	lines, before = text.split("\n"), mutant.before.split("\n")
	places = [at for at in range(len(lines)) if lines[at : at + len(before)] == before]
	if not places:
		raise LookupError(f"{mutant.file}:{mutant.line} has changed. Draw the faults again: generate.py.")
	at = min(places, key=lambda place: abs(place + 1 - mutant.line))
	return "\n".join([*lines[:at], mutant.after, *lines[at + len(before) :]])


def changes(file: str, text: str) -> list[Change]:
	"""Return every possible change of a file."""
	return sorted(_of_script(text) if file.endswith(".js") else _of_python(text))


def _of_script(text: str) -> Iterator[Change]:
	script = parse(text)
	for kind, pattern, replacement in SCRIPT:
		# `code` has no templates, where most values are escaped
		for match in re.finditer(pattern, text if kind == "escape" else script.code):
			new = replacement(match) if callable(replacement) else match.expand(replacement)
			yield kind, *match.span(), new
	for literal in script.literals:
		if literal.quote != "`" and literal.text in OPPOSITE and script.before(literal)[-1:] in ("[", ","):
			yield "filter", literal.start + 1, literal.end - 1, OPPOSITE[literal.text]


def _of_python(text: str) -> Iterator[Change]:
	lines = text.splitlines(keepends=True)
	starts = [0, *accumulate(map(len, lines))]

	def place(line: int, column: int) -> int:
		return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

	def at(node: ast.AST) -> tuple[int, int]:
		return place(node.lineno, node.col_offset), place(node.end_lineno, node.end_col_offset)

	for node in _code(ast.parse(text)):
		for found in (_statements, _calls, _constants, _logic):
			yield from found(node, text, at)


def _code(module: ast.Module) -> Iterator[ast.AST]:
	"""Yield the nodes without docstrings, types, decorators, translated texts, and keys and constants of dicts."""
	waiting: list[ast.AST] = [module]
	while waiting:
		node = waiting.pop()
		if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
			continue
		head = getattr(node, "test", None) or getattr(node, "func", None)
		if head and ast.unparse(head) in ("TYPE_CHECKING", "_", "frappe._"):
			continue
		yield node
		hidden = [getattr(node, name, None) for name in ("annotation", "returns")]
		hidden += getattr(node, "decorator_list", [])
		if isinstance(node, ast.FunctionDef):
			hidden.append(node.args)
		if isinstance(node, ast.Dict):
			hidden += [*node.keys, *(value for value in node.values if isinstance(value, ast.Constant))]
		# before Python 3.12, the parts of an f-string have no correct positions
		inner = () if isinstance(node, ast.JoinedStr) else ast.iter_child_nodes(node)
		waiting.extend(child for child in inner if child not in hidden)


def _statements(node: ast.AST, text: str, at: Place) -> Iterator[Change]:
	if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
		name = ast.unparse(node.value.func)
		kind = "permission" if CHECK.search(name) else "lock" if LOCK.search(name) else "call"
		yield kind, *at(node), "pass"
	elif isinstance(node, ast.If) and not node.orelse:
		last = node.body[-1]
		if isinstance(last, ast.Return | ast.Continue | ast.Raise) or REFUSAL.match(text, at(last)[0]):
			yield "guard", *at(node), "pass"
	elif isinstance(node, ast.Dict | ast.List | ast.Tuple | ast.Set) and node.lineno < node.end_lineno:
		for entry, following in pairwise(node.keys if isinstance(node, ast.Dict) else node.elts):
			if entry and following:
				yield "entry", at(entry)[0], at(following)[0], ""


def _calls(node: ast.AST, text: str, at: Place) -> Iterator[Change]:
	if isinstance(node, ast.keyword) and text[slice(*at(node.value))] in ("True", "False"):
		kind = "lock" if node.arg in ("for_update", "lock") else "flag"
		yield kind, *at(node.value), str(not node.value.value)
	if not isinstance(node, ast.Call):
		return
	name, is_method = ast.unparse(node.func), isinstance(node.func, ast.Attribute)
	owner = text[slice(*at(node.func.value))] if is_method else ""
	if name.endswith(("has_permission", ".may_read", ".may_enter")):
		yield "permission", *at(node), "True"
	if name == "frappe.get_list":
		yield "permission", *at(node.func), "frappe.get_all"
	if name in ("locks.hold_one", "locks.hold_followed"):
		yield "lock", *at(node.func), "locks.look"
	if ESCAPE.search(name) and node.args:
		yield "escape", *at(node), text[slice(*at(node.args[0]))]
	if name.endswith((".for_update", ".astimezone")):
		yield "zone" if "zone" in name else "lock", *at(node), owner
	if name.endswith(("ZoneInfo", "get_system_timezone")):
		yield "zone", *at(node), '"UTC"' if "system" in name else 'ZoneInfo("UTC")'
	if is_method and node.func.attr in ("isin", "notin"):
		yield "filter", *at(node.func), f"{owner}.{OPPOSITE[node.func.attr]}"


def _constants(node: ast.AST, text: str, at: Place) -> Iterator[Change]:
	value = node.value if isinstance(node, ast.Constant) else None
	if type(value) is int:
		yield "boundary", *at(node), str(value + 1)
	elif isinstance(value, str) and value in OPPOSITE:
		yield "filter", *at(node), f'"{OPPOSITE[value]}"'
	elif isinstance(value, str) and re.search(r" (asc|desc)\b", value):
		turned = re.sub(r" (asc|desc)\b", lambda match: f" {OPPOSITE[match[1]]}", text[slice(*at(node))])
		yield "filter", *at(node), turned


def _logic(node: ast.AST, text: str, at: Place) -> Iterator[Change]:
	if isinstance(node, ast.Compare):
		start, end = at(node.left)[1], at(node.comparators[0])[0]
		sign = text[start:end].strip("() \t\n")
		if sign in SIGNS:
			kind = "boundary" if sign[0] in "<>" else "filter"
			yield kind, start, end, text[start:end].replace(sign, SIGNS[sign])
	elif isinstance(node, ast.BoolOp):
		start, end = at(node.values[0])[1], at(node.values[1])[0]
		signs = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
		yield "condition", start, end, text[start:end].replace(*signs)
	elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
		yield "condition", *at(node), text[slice(*at(node.operand))]


if __name__ == "__main__":
	drawn = [asdict(mutant) for mutant in draw(sources())]
	LIST.write_text(json.dumps(drawn, indent="\t") + "\n", encoding="utf-8")
