"""Which Python and Node suit a source: the real requirements of Frappe's branches, and the edges of the notations."""

import pytest

from tools import versions

FRAPPE_15 = ">=3.10,<3.15"
FRAPPE_16 = ">=3.14,<3.15"


@pytest.mark.parametrize(
	"requires, version, allowed",
	[
		(FRAPPE_15, (3, 10, 0), True),
		(FRAPPE_15, (3, 9, 18), False),
		(FRAPPE_15, (3, 14, 2), True),
		(FRAPPE_15, (3, 15, 0), False),
		("~=3.11", (3, 13, 0), True),
		("~=3.11.2", (3, 12, 0), False),
		("~=3.11.2", (3, 11, 9), True),
		("==3.12.*", (3, 12, 5), True),
		("==3.12.*", (3, 13, 0), False),
		("!=3.12.1,>=3.10", (3, 12, 1), False),
		("!=3.12.*,>=3.10", (3, 12, 9), False),
		("> 3.10, <= 3.12", (3, 12, 0), True),
		("", (3, 11, 0), True),
		("whatever", (3, 11, 0), False),
	],
)
def test_requires_python(requires, version, allowed):
	assert versions.python_allows(requires, version) is allowed


def test_known_good_python_comes_before_newer_ones():
	machine = [((3, 10, 13), "a"), ((3, 14, 0), "b"), ((3, 12, 1), "c"), ((3, 13, 0), "d"), ((3, 11, 7), "e")]
	assert versions.choose_python(FRAPPE_15, machine) == ((3, 12, 1), "c")
	assert versions.choose_python(FRAPPE_16, machine) == ((3, 14, 0), "b")


def test_newest_patch_of_the_chosen_python():
	machine = [((3, 11, 2), "old"), ((3, 11, 7), "new"), ((3, 10, 13), "older")]
	assert versions.choose_python(FRAPPE_15, machine) == ((3, 11, 7), "new")


def test_no_python_on_the_machine_is_allowed():
	assert versions.choose_python(FRAPPE_16, [((3, 11, 7), "a")]) is None


@pytest.mark.parametrize(
	"requires, brought", [(FRAPPE_15, "3.12"), (FRAPPE_16, "3.14"), (">=3.16", "3.16"), ("<3.8", None)]
)
def test_python_to_bring(requires, brought):
	assert versions.python_to_bring(requires) == brought


@pytest.mark.parametrize(
	"engines, version, allowed",
	[
		(">=18", "v20.20.2", True),
		(">=24", "v20.20.2", False),
		("^20.9", "20.20.2", True),
		("^20.9", "22.1.0", False),
		("^18 || >=22", "20.1.0", False),
		("^18 || >=22", "22.1.0", True),
		("24.x", "24.21.0", True),
		("24", "22.0.0", False),
		("18 - 20", "20.20.2", True),
		("18 - 20", "21.0.0", False),
		(">=18 <21", "20.20.2", True),
		(">=18 <21", "21.0.0", False),
		("~20.1", "20.2.0", False),
		(">20", "20.5.0", False),
		("*", "12.0.0", True),
		("", "12.0.0", True),
	],
)
def test_engines_node(engines, version, allowed):
	assert versions.node_allows(engines, versions.parse(version)) is allowed


def test_no_node_is_never_enough():
	assert not versions.node_allows(">=18", versions.parse(""))


@pytest.mark.parametrize(
	"engines, brought", [(">=18", 24), (">=24", 24), ("^20", 20), (">=26", 26), ("<12", None)]
)
def test_node_to_bring(engines, brought):
	assert versions.node_to_bring(engines) == brought
