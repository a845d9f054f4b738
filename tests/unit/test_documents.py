"""README, docs and pyproject.toml match the repository."""

import ast
import re

import pytest

from tests.unit.support.source import APP, PACKAGE, ROOT, project, read, relative, tree

DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)(?: \"[^\"]*\")?\)|<img[^>]* src=\"([^\"]+)\"")
HEADING = re.compile(r"^#+\s+(.*?)\s*$", re.MULTILINE)


def links(text: str) -> list[str]:
	"""Return the relative links of a document, outside code."""
	text = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
	found = [link or image for link, image in LINK.findall(text)]
	return [link for link in found if not re.match(r"[a-z]+:|//", link)]


def anchors(text: str) -> set[str]:
	return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in HEADING.findall(text)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_links_have_targets(document):
	broken = []
	for link in links(read(document)):
		name, _, anchor = link.partition("#")
		target = (document.parent / name).resolve() if name else document
		named = anchor and target.suffix == ".md"
		if not target.exists() or (named and anchor not in anchors(read(target))):
			broken.append(link)
	assert not broken, f"{relative(document)}: {', '.join(broken)}"


def test_readme_has_at_most_60_lines():
	assert len(read(ROOT / "README.md").splitlines()) <= 60


def test_readme_names_make_demo_and_make_test():
	text = read(ROOT / "README.md")
	assert "make demo" in text and "make test" in text


def test_version_is_defined_in_the_package():
	assert "version" in project()["project"]["dynamic"]
	assert "version" not in project()["project"]
	nodes = [node for node in tree(PACKAGE / "__init__.py").body if isinstance(node, ast.Assign)]
	(version,) = (node.value.value for node in nodes if node.targets[0].id == "__version__")
	assert re.fullmatch(r"\d+\.\d+\.\d+([-.]?(dev|a|b|rc)\d*)?", version)


def test_package_is_built_with_flit():
	"""Frappe's own apps use it too, and `bench get-app` installs it editable."""
	build = project()["build-system"]
	assert build["build-backend"] == "flit_core.buildapi"
	assert any(requirement.startswith("flit_core") for requirement in build["requires"])
	assert project()["project"]["name"] == APP


def test_frappe_15_and_16_are_supported():
	dependencies = project()["tool"]["bench"]["frappe-dependencies"]
	assert dependencies.keys() == {"frappe"}, "ERPNext and Frappe CRM are optional"
	assert re.fullmatch(r">=15\.0\.0(-dev)?,<17\.0\.0(-dev)?", dependencies["frappe"])


def test_the_app_has_five_dependencies():
	"""Other imports come with Frappe (test_dependencies.py), which the bench installs."""
	names = {re.match(r"[\w-]+", line)[0] for line in project()["project"]["dependencies"]}
	assert names == {"icalendar", "mail-parser-reply", "numpy", "scipy", "tzdata"}
	assert project()["project"]["requires-python"] == ">=3.10"


def test_the_licence_is_mit():
	assert "MIT" in read(ROOT / "license.txt")
	assert project()["project"]["license"] == {"file": "license.txt"}
