"""Every DocType has a controller where Frappe looks for it, with types that match the JSON."""

import ast
from operator import itemgetter

import pytest

from tests.unit.support import controllers
from tests.unit.support.doctypes import INTERNAL, LEDGERS, catalogue, paths, read, scrub
from tests.unit.support.source import MODULE, tree

DOCTYPES = catalogue().own.values()
WRITABLE = [d for d in DOCTYPES if not d.get("istable") and d["name"] not in (*LEDGERS, *INTERNAL)]


@pytest.mark.parametrize("doctype", DOCTYPES, ids=itemgetter("name"))
def test_the_controller_matches_the_doctype(doctype):
	assert not list(controllers.problems(doctype))


@pytest.mark.parametrize("doctype", WRITABLE, ids=itemgetter("name"))
def test_controllers_of_writable_doctypes_have_a_checking_base_class(doctype):
	module = tree(controllers.path_of(doctype["name"]))
	(controller,) = (node for node in module.body if isinstance(node, ast.ClassDef))
	assert [ast.unparse(base) for base in controller.bases] in (["PlainDocument"], ["Activity"])


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_the_json_is_where_frappe_looks(path):
	definition = read(path)
	assert path.stem == scrub(definition["name"])
	assert definition["module"] == "CRM Interactions"
	assert definition["doctype"] == "DocType"


def test_every_folder_has_a_document_type():
	folders = {path.name for path in (MODULE / "doctype").iterdir() if path.is_dir() and path.name[0] != "_"}
	assert folders == {path.stem for path in paths()}
