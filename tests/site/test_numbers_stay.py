"""A number belongs to one record for ever (R15): it stands in mails and on paper, and what hung on it goes only later."""

import frappe
import pytest
from factories import interaction, meeting, product_record, user

pytestmark = pytest.mark.records_only


@pytest.mark.parametrize("make", [interaction, meeting, product_record])
def test_a_deleted_number_is_not_given_again(make):
	first = make()
	frappe.delete_doc(first.doctype, first.name)
	second = make()
	assert second.name > first.name


def test_a_deleted_chain_neither():
	first = frappe.get_doc("Interaction Chain", interaction().chain)
	frappe.delete_doc("Interaction", frappe.db.get_value("Interaction", {"chain": first.name}))
	frappe.delete_doc("Interaction Chain", first.name)
	assert interaction().chain > first.name


def test_one_that_is_not_the_last_changes_nothing():
	first, second = interaction(), interaction()
	frappe.delete_doc("Interaction", first.name)
	assert interaction().name == _after(second.name)


def test_another_pattern_of_numbers():
	frappe.get_meta("Interaction").autoname = "CALL-.####.-X"
	try:
		first = interaction()
		frappe.delete_doc("Interaction", first.name)
		assert interaction().name != first.name
	finally:
		frappe.clear_cache(doctype="Interaction")


def test_nobody_gets_a_new_record_by_a_share_of_a_deleted_one():
	"""The platform takes shares away in the background, after the deletion."""
	reader = user("reader@example.com").name
	first = interaction()
	frappe.share.add("Interaction", first.name, reader)
	frappe.delete_doc("Interaction", first.name)
	second = interaction()
	assert not frappe.has_permission("Interaction", "read", doc=second.name, user=reader)


def _after(name: str) -> str:
	prefix, number = name.rsplit("-", 1)
	return f"{prefix}-{int(number) + 1:0{len(number)}}"
