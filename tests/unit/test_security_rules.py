"""Escaped values in templates, and reasons for disabled findings."""

import re

import pytest

from tests.unit.support.message_rules import print_values_are_read_as_typed, template_values_are_escaped
from tests.unit.support.source import PACKAGE, ROOT, project, read, relative

TEMPLATES = sorted([*PACKAGE.glob("templates/**/*.html"), *PACKAGE.glob("*/print_format/**/*.html")])
PRINTS = [path for path in TEMPLATES if "emails" not in path.parts]
# values of templates that are HTML → why they contain no script of users
RICH = {
	"html": "Text Editor fields, which Frappe cleans when they are saved; in the dossier cleaned by `on_paper`",
	"letter_head": "the administrator's",
	"label": "translated literals of the app's templates",
	"kind": "translated literals of the app's templates",
	"title": "translated literals in the digest; escaped in other templates",
	"color": "literals of the app's templates",
}
NOQA = re.compile(r"#\s*noqa: ((?:S\d+(?:, )?)+)(.*)")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_escapes_its_values(path):
	problems = [*template_values_are_escaped(read(path), {*RICH})]
	assert not problems, problems


@pytest.mark.parametrize("path", PRINTS, ids=lambda path: path.stem)
def test_a_print_format_shows_values_as_typed(path):
	problems = [*print_values_are_read_as_typed(read(path))]
	assert not problems, problems


def test_a_value_that_is_escaped_twice_is_found():
	assert [*print_values_are_read_as_typed("{{ doc.name | e }}\n{{ doc.title | e }}")]
	assert not [
		*print_values_are_read_as_typed(
			'{{ doc.title | as_typed | e }}{{ doc.get_formatted("next_on") | e }}'
		)
	]


def test_every_disabled_security_finding_has_a_reason():
	unexplained = [
		f"{relative(path)}:{number}: {line.strip()}"
		for path in ROOT.glob("*/**/*.py")
		if "node_modules" not in path.parts
		for number, line in enumerate(read(path).splitlines(), 1)
		if (found := NOQA.search(line)) and not re.search(r"[a-z]{3}", found.group(2))
	]
	assert not unexplained, "\n".join(unexplained)


def test_ruffs_security_rules_are_enabled():
	lint = project()["tool"]["ruff"]["lint"]
	assert "S" in lint["select"]
	assert not [code for code in lint["ignore"] if code.startswith("S") and code[1:2].isdigit()]
	lines = read(ROOT / "pyproject.toml").splitlines()
	for pattern, codes in lint["per-file-ignores"].items():
		line = next(line for line in lines if line.startswith(f'"{pattern}"'))
		assert "#" in line, f"{pattern}: {codes} without a reason"
