"""The planted faults are reproducible, proportionate to the packages, and leave compilable code."""

import json
import subprocess
from collections import Counter

import pytest

from tests.mutants import generate

PYTHON = '''def save(doc, limit):
	"""Save, unless it is < 3."""
	check_permission(doc)
	row = frappe.db.get_value("Lead", doc, for_update=True)
	if limit <= 3 and not row:
		return f"{limit < 4}"
	frappe.throw(_("ö < 3"))
	return escape_html(row).astimezone(zone)
'''
SCRIPT = """async function show({ count, row }) {
	// await the < of it
	if (count < 3) return;
	await draw(`<b>${frappe.utils.escape_html(row)}</b>`);
	$row.text(await name_of(row));
}
"""


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
	"""Return the sources of two packages, which are enough for these tests."""
	sources = generate.sources().items()
	return {file: text for file, text in sources if generate.package(file) in ("chains", "public")}


@pytest.fixture(scope="module")
def drawn(files) -> list[generate.Mutant]:
	return generate.draw(files, count=40)


def lines(file: str, text: str, kind: str) -> set[str]:
	"""Return the changed lines for one kind of fault."""
	made = [generate.made(file, text, change) for change in generate.changes(file, text) if change[0] == kind]
	return {mutant.after.strip() for mutant in made if mutant}


def test_the_same_seed_draws_the_same_faults(files, drawn):
	assert generate.draw(dict(reversed(files.items())), count=40) == drawn
	assert generate.draw(files, seed=13, count=40) != drawn


@pytest.mark.parametrize(
	"file, kind, after",
	[
		("a.py", "permission", {"pass"}),
		("a.py", "lock", {'row = frappe.db.get_value("Lead", doc, for_update=False)'}),
		("a.py", "boundary", {"if limit < 3 and not row:", "if limit <= 4 and not row:"}),
		("a.py", "condition", {"if limit <= 3 or not row:", "if limit <= 3 and row:"}),
		("a.py", "guard", {"pass"}),
		("a.py", "call", {"pass"}),
		("a.py", "escape", {"return row.astimezone(zone)"}),
		("a.py", "zone", {"return escape_html(row)"}),
		("a.js", "await", {"draw(`<b>${frappe.utils.escape_html(row)}</b>`);", "$row.text(name_of(row));"}),
		("a.js", "boundary", {"if (count <= 3) return;", "if (count < 4) return;"}),
		("a.js", "guard", {""}),
		("a.js", "escape", {"await draw(`<b>${(row)}</b>`);", "$row.html(await name_of(row));"}),
	],
)
def test_each_kind_changes_the_expected_lines(file, kind, after):
	assert lines(file, PYTHON if file == "a.py" else SCRIPT, kind) == after


def test_each_fault_changes_its_line_and_compiles(files, drawn, tmp_path):
	for mutant in drawn:
		faulty = generate.planted(files[mutant.file], mutant)
		assert faulty != files[mutant.file] and mutant.after in faulty
		if mutant.file.endswith(".py"):
			compile(faulty, mutant.file, "exec")
		else:
			script = tmp_path / f"{mutant.id}.mjs"
			script.write_text(faulty)
			subprocess.run(["node", "--check", script], check=True, capture_output=True)  # noqa: S603, S607  a script of this test


def test_a_moved_place_is_found_and_a_missing_one_is_named(files, drawn):
	mutant = next(mutant for mutant in drawn if mutant.file.endswith(".py"))
	moved = "\n\n" + files[mutant.file]
	assert generate.planted(moved, mutant) == "\n\n" + generate.planted(files[mutant.file], mutant)
	with pytest.raises(LookupError, match=mutant.file):
		generate.planted("", mutant)


def test_packages_have_faults_in_proportion_to_their_lines():
	files = {"app/a/x.py": "1\n" * 300, "app/b/x.py": "1\n\n" * 100, "app/x.js": "1\n"}
	assert generate.quotas(files, 40) == {".": 1, "a": 30, "b": 10}


def test_the_list_of_faults_is_numbered_and_covers_all_kinds():
	listed = [generate.Mutant(**values) for values in json.loads(generate.LIST.read_text("utf-8"))]
	assert len(listed) >= 60
	assert [mutant.id for mutant in listed] == [f"M{number:02}" for number in range(1, len(listed) + 1)]
	kinds = {mutant.kind for mutant in listed}
	assert {"permission", "lock", "await", "filter", "boundary", "escape", "zone"} <= kinds
	assert max(Counter((mutant.file, mutant.line) for mutant in listed).values()) == 1
