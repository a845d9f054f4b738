"""The package as text and syntax trees, without importing or running it."""

import ast
from functools import cache
from pathlib import Path

try:
	import tomllib
except ModuleNotFoundError:  # Python 3.10, for which pytest installs tomli
	import tomli as tomllib

ROOT = Path(__file__).parents[3]
APP = "crm_interactions"
PACKAGE = ROOT / APP
MODULE = PACKAGE / APP  # where Frappe looks for document types


def relative(path: Path) -> str:
	return path.relative_to(ROOT).as_posix()


def python_files() -> list[Path]:
	return sorted(PACKAGE.rglob("*.py"))


def javascript_files() -> list[Path]:
	"""Return the app's scripts, without built ones."""
	built = {"node_modules", "dist"}
	return sorted(path for path in PACKAGE.rglob("*.js") if not built & {*path.relative_to(PACKAGE).parts})


def read(path: Path) -> str:
	return path.read_text(encoding="utf-8")


@cache
def project() -> dict:
	"""Return pyproject.toml as data."""
	return tomllib.loads(read(ROOT / "pyproject.toml"))


@cache
def tree(path: Path) -> ast.Module:
	return ast.parse(read(path), str(path))


def dotted(path: Path) -> str:
	"""Return the dotted name of a file of the package."""
	parts = path.relative_to(ROOT).with_suffix("").parts
	return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def module_file(name: str) -> Path | None:
	"""Return the file of a module, or None if the app has no such module."""
	folder = ROOT.joinpath(*name.split("."))
	files = (folder.with_suffix(".py"), folder / "__init__.py")
	return next((path for path in files if path.is_file()), None)


def resolve(name: str) -> ast.AST | None:
	"""Return the top-level function, class or assignment of a dotted path, or None."""
	module, _, attribute = name.rpartition(".")
	path = module and module_file(module)
	return top_level(tree(path)).get(attribute) if path else None


def top_level(module: ast.Module) -> dict[str, ast.AST]:
	"""Return the top-level definitions of a module by name; a later one replaces an earlier one."""
	names: dict[str, ast.AST] = {}
	for node in module.body:
		if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
			names[node.name] = node
		elif isinstance(node, ast.Assign):
			names.update({target.id: node for target in node.targets if isinstance(target, ast.Name)})
		elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
			names[node.target.id] = node
	return names


def is_function(node: ast.AST | None) -> bool:
	return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def imports(module: ast.Module, *, for_types: bool = False) -> set[str]:
	"""Return the dotted names that a module imports, at its top and inside functions.

	`from a import b` counts as `a.b`. Imports under `if TYPE_CHECKING` are left out, as they don't run.

	Args:
		for_types: include imports under `if TYPE_CHECKING`.
	"""
	found: set[str] = set()
	waiting: list[ast.AST] = [module]
	while waiting:
		node = waiting.pop()
		if not for_types and isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
			waiting.extend(node.orelse)
			continue
		if isinstance(node, ast.Import):
			found |= {alias.name for alias in node.names}
		elif isinstance(node, ast.ImportFrom):
			found |= {f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names}
		waiting.extend(ast.iter_child_nodes(node))
	return found
