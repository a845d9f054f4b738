"""The choice of Python and Node: real requirements of Frappe's branches, and edge cases of the notations."""

import pytest

from tools import versions

FRAPPE_15 = ">=3.10,<3.15"
FRAPPE_16 = ">=3.14,<3.15"


def each(*table: tuple):
	"""Parametrise a test with each version of a table with rows of a requirement, allowed and forbidden versions."""
	cases = [(needed, version, True) for needed, allowed, _forbidden in table for version in allowed]
	cases += [(needed, version, False) for needed, _allowed, forbidden in table for version in forbidden]
	return pytest.mark.parametrize("needed, version, is_allowed", cases)


@each(
	(FRAPPE_15, [(3, 10, 0), (3, 14, 2)], [(3, 9, 18), (3, 15, 0)]),
	("~=3.11", [(3, 13, 0)], []),
	("~=3.11.2", [(3, 11, 9)], [(3, 12, 0)]),
	("==3.12.*", [(3, 12, 5)], [(3, 13, 0)]),
	("!=3.12.1,>=3.10", [], [(3, 12, 1)]),
	("!=3.12.*,>=3.10", [], [(3, 12, 9)]),
	("> 3.10, <= 3.12", [(3, 12, 0)], []),
	("", [(3, 11, 0)], []),
	("whatever", [], [(3, 11, 0)]),
)
def test_requires_python_allows_or_forbids_a_version(needed, version, is_allowed):
	assert versions.python_allows(needed, version) is is_allowed


def test_preferred_pythons_come_before_newer_ones():
	machine = [((3, 10, 13), "a"), ((3, 14, 0), "b"), ((3, 12, 1), "c"), ((3, 13, 0), "d"), ((3, 11, 7), "e")]
	assert versions.choose_python(FRAPPE_15, machine) == ((3, 12, 1), "c")
	assert versions.choose_python(FRAPPE_16, machine) == ((3, 14, 0), "b")


def test_the_newest_patch_of_the_preferred_python_is_chosen():
	machine = [((3, 11, 2), "old"), ((3, 11, 7), "new"), ((3, 10, 13), "older")]
	assert versions.choose_python(FRAPPE_15, machine) == ((3, 11, 7), "new")


def test_no_python_is_chosen_if_none_is_allowed():
	assert versions.choose_python(FRAPPE_16, [((3, 11, 7), "a")]) is None


@pytest.mark.parametrize(
	"requires, version", [(FRAPPE_15, "3.12"), (FRAPPE_16, "3.14"), (">=3.16", "3.16"), ("<3.8", None)]
)
def test_the_python_to_install_is_an_allowed_one(requires, version):
	assert versions.python_to_install(requires) == version


@each(
	(">=18", ["v20.20.2"], [""]),
	(">=24", [], ["v20.20.2"]),
	("^20.9", ["20.20.2"], ["22.1.0"]),
	("^18 || >=22", ["22.1.0"], ["20.1.0"]),
	("24.x", ["24.21.0"], []),
	("24", [], ["22.0.0"]),
	("18 - 20", ["20.20.2"], ["21.0.0"]),
	(">=18 <21", ["20.20.2"], ["21.0.0"]),
	("~20.1", [], ["20.2.0"]),
	(">20", [], ["20.5.0"]),
	("*", ["12.0.0"], []),
	("", ["12.0.0"], []),
)
def test_engines_node_allows_or_forbids_a_version(needed, version, is_allowed):
	assert versions.node_allows(needed, versions.parse(version)) is is_allowed


@pytest.mark.parametrize(
	"engines, version", [(">=18", 24), (">=24", 24), ("^20", 20), (">=26", 26), ("<12", None)]
)
def test_the_node_to_install_is_an_allowed_one(engines, version):
	assert versions.node_to_install(engines) == version
