"""A number belongs to one record forever (R15): mails and prints show it, and its shares outlive the record."""

import frappe
import pytest

from tests.site.factories import interaction, user
from tests.site.kinds import EACH_KIND

pytestmark = pytest.mark.records_only


@EACH_KIND
def test_the_number_of_a_deleted_record_is_not_used_again(make):
	first = make()
	frappe.delete_doc(first.doctype, first.name)
	assert make().name > first.name


def test_the_number_of_a_deleted_chain_is_not_used_again():
	first = frappe.get_doc("Interaction Chain", interaction().chain)
	frappe.delete_doc("Interaction", frappe.db.get_value("Interaction", {"chain": first.name}))
	frappe.delete_doc("Interaction Chain", first.name)
	assert interaction().chain > first.name


def test_deleting_an_older_record_does_not_change_the_series():
	first, second = interaction(), interaction()
	frappe.delete_doc("Interaction", first.name)
	prefix, number = second.name.rsplit("-", 1)
	assert interaction().name == f"{prefix}-{int(number) + 1:0{len(number)}}"


def test_numbers_of_another_pattern_are_not_used_again():
	frappe.get_meta("Interaction").autoname = "CALL-.####.-X"
	try:
		first = interaction()
		frappe.delete_doc("Interaction", first.name)
		assert interaction().name != first.name
	finally:
		frappe.clear_cache(doctype="Interaction")


def test_a_share_of_a_deleted_record_gives_no_access_to_a_new_one():
	"""Frappe deletes shares in the background, after the record."""
	reader = user("reader@example.com").name
	first = interaction()
	frappe.share.add("Interaction", first.name, reader)
	frappe.delete_doc("Interaction", first.name)
	assert not frappe.has_permission("Interaction", "read", doc=interaction().name, user=reader)
