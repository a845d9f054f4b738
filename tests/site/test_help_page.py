"""The page *Help* shows the documents of the installed version to users who are logged in."""

import re

import frappe
import pytest

from crm_interactions.www import interactions_help

pytestmark = pytest.mark.records_only
PAGE = pytest.mark.parametrize("page", interactions_help.PAGES)


def shown(page: str | None = None):
	frappe.form_dict.page = page
	return interactions_help.get_context(frappe._dict())


LINK = re.compile(r'href="([^"#]*)#?([^"]*)"')


@PAGE
def test_each_document_is_shown_among_the_others(page):
	context = shown(page)
	assert "<h1" in context.text and "<h2" in context.text and "<img" not in context.text
	assert [link["current"] for link in context.pages].count(True) == 1


def test_links_lead_to_sections_of_shown_documents():
	links = [link for page in interactions_help.PAGES for link in LINK.findall(shown(page).text)]
	within = [(path, anchor) for path, anchor in links if path.startswith("/interactions-help?page=")]
	assert within and not [path for path, _anchor in links if path.endswith(".md")]
	for path, anchor in within:
		assert not anchor or f'id="{anchor}"' in shown(path.rpartition("=")[2]).text, anchor


def test_using_it_is_the_first_page():
	assert shown().title == "Using It"


@pytest.mark.parametrize("page", ["../README", "architecture", "/etc/passwd", "using.md"])
def test_other_files_are_not_shown(page):
	with pytest.raises(frappe.DoesNotExistError):
		shown(page)


def test_guests_are_asked_to_log_in(as_user):
	as_user("Guest")
	with pytest.raises(frappe.PermissionError):
		shown()
