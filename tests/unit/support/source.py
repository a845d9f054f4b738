"""The package as text and syntax trees; nothing of it is imported or run."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
APP = "crm_interactions"
PACKAGE = ROOT / APP
MODULE = PACKAGE / APP  # the folder in which the platform looks for document types


def relative(path: Path) -> str:
	return path.relative_to(ROOT).as_posix()


def python_files() -> list[Path]:
	return sorted(PACKAGE.rglob("*.py"))


def javascript_files() -> list[Path]:
	"""Return the app's own scripts, without what is built from them."""
	return sorted(
		path
		for path in PACKAGE.rglob("*.js")
		if not {"node_modules", "dist"} & set(path.relative_to(PACKAGE).parts)
	)


@cache
def tree(path: Path) -> ast.Module:
	return ast.parse(path.read_text(encoding="utf-8"), str(path))


def dotted(path: Path) -> str:
	"""Return the name under which a file of the package is imported."""
	parts = path.relative_to(ROOT).with_suffix("").parts
	return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def module_file(name: str) -> Path | None:
	"""Return the file behind a dotted name, None where it isn't a module of the app."""
	folder = ROOT.joinpath(*name.split("."))
	for candidate in (folder.with_suffix(".py"), folder / "__init__.py"):
		if candidate.is_file():
			return candidate
	return None


def resolve(name: str) -> ast.AST | None:
	"""Return the function, class or assignment at the top level of a module that a dotted path leads to."""
	module, _, attribute = name.rpartition(".")
	path = module and module_file(module)
	if not path:
		return None
	return top_level(tree(path)).get(attribute)


def top_level(module: ast.Module) -> dict[str, ast.AST]:
	"""Return what a module defines, by name; a later definition of the same name wins."""
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

	`from a import b` counts as `a.b`. What stands under `if TYPE_CHECKING` isn't run and is left out.

	Args:
		for_types: include what is imported under `if TYPE_CHECKING` too.
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
