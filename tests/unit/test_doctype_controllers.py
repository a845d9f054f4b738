"""Every DocType has the controller that the platform looks for, and its types say what the JSON says."""

import pytest
from support import controllers
from support.doctypes import catalogue, paths, read, scrub
from support.source import MODULE


@pytest.mark.parametrize("doctype", catalogue().own.values(), ids=lambda definition: definition["name"])
def test_controller(doctype):
	assert not list(controllers.problems(doctype, catalogue()))


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_json_lies_where_the_platform_looks(path):
	definition = read(path)
	assert path.stem == scrub(definition["name"])
	assert definition["module"] == "CRM Interactions"
	assert definition["doctype"] == "DocType"


def test_every_folder_is_a_document_type():
	folders = {path.name for path in (MODULE / "doctype").iterdir() if path.is_dir() and path.name[0] != "_"}
	assert folders == {path.stem for path in paths()}
