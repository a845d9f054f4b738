"""A participant is a link or plain text; a link fills in the contact data (R5)."""

import frappe
import pytest

from crm_interactions.chains.subject_documents import TABLE
from crm_interactions.exceptions import PartyTypeError
from tests.site.checks import refused
from tests.site.factories import contact, interaction, log_in, product_record, record, user
from tests.site.other_apps import deal, employee, need, opportunity

pytestmark = pytest.mark.records_only


def link(doc) -> dict:
	return {"participant_type": doc.doctype, "participant": doc.name}


def saved_row(of=None, **fields):
	doc = interaction(of, participants=[fields])
	return frappe.get_doc(doc.doctype, doc.name).participants[0]


@pytest.fixture
def secret():
	"""Return a user with a phone number whom the recorder may not read."""
	secret = user("secret@example.com", first_name="Secret Name")
	secret.db_set("mobile_no", "+385 1 999 999")
	return secret


@pytest.fixture
def ana(shop):
	return contact(shop, phone="+385 1 4567 890", email="ana@example.com")


def test_contact_fills_in_name_email_and_phone(shop, ana):
	row = saved_row(shop, **link(ana))
	assert contact_data(row) == ("Ana Horvat", "ana@example.com", "+385 1 4567 890", "Theirs")


def test_partner_fills_in_its_title(shop):
	row = saved_row(shop, **link(shop))
	assert (row.full_name, row.side) == ("Adriatic Trade", "Theirs")


def test_user_is_on_the_side_ours():
	row = saved_row(**link(user("marko@example.com", first_name="Marko")))
	assert (row.full_name, row.email, row.side) == ("Marko", "marko@example.com", "Ours")


def test_user_can_be_put_on_the_side_theirs():
	assert saved_row(participant_type="User", participant="Administrator", side="Theirs").side == "Theirs"


def test_plain_text_keeps_its_own_phone_and_email():
	row = saved_row(full_name="Ivan Babić", phone="01/234-567", email="ivan@example.com")
	assert (row.full_name, row.phone, row.email) == ("Ivan Babić", "01/234-567", "ivan@example.com")


def test_entered_values_stay_and_blank_ones_are_filled_in(shop, ana):
	row = saved_row(shop, **link(ana), full_name="Ms Horvat", phone="ask for Ana")
	assert (row.full_name, row.phone, row.email) == ("Ms Horvat", "ask for Ana", "ana@example.com")


def test_a_value_cleared_later_stays_blank(shop, ana):
	doc = interaction(shop, participants=[link(ana)])
	doc.participants[0].phone = None
	doc.save()
	assert not doc.participants[0].phone


def test_another_contact_in_the_same_row_replaces_the_contact_data(shop, ana):
	doc = interaction(shop, participants=[link(ana)])
	doc.participants[0].participant = contact(shop, "Ivo", "Babić", email="ivo@example.com").name
	doc.save()
	assert contact_data(doc.participants[0]) == ("Ivo Babić", "ivo@example.com", None, "Theirs")


def test_a_participant_without_link_and_name_is_refused():
	with refused(frappe.MandatoryError, "Row 1 has no participant. Choose a participant or type a full name"):
		interaction(participants=[{"phone": "+385 1 111 222"}])


def test_a_document_type_outside_the_participant_types_is_refused():
	todo = record("ToDo", description="Call back")
	with refused(PartyTypeError, "ToDo.* can't be a participant. Choose one of: Contact"):
		interaction(participants=[link(todo)])


def test_a_missing_contact_is_refused():
	with refused(frappe.LinkValidationError, "Could not find .*Nobody"):
		interaction(participants=[{"participant_type": "Contact", "participant": "Nobody"}])


def test_an_invalid_email_address_is_refused():
	with refused(frappe.InvalidEmailAddressError, "not a valid Email Address"):
		interaction(participants=[{"full_name": "Ivan", "email": "ivan at example"}])


def test_a_product_record_ignores_participants():
	assert product_record(participants=[{"full_name": "Ivan"}]).name


def test_contact_data_of_an_unreadable_user_is_not_filled_in(shop, secret):
	log_in("recorder@example.com", "Interaction User")
	assert not frappe.has_permission("User", "read", doc=secret.name)
	doc = interaction(shop, participants=[link(secret)])
	assert contact_data(doc.participants[0])[:3] == (secret.name, None, None)


def test_employee_fills_in_contact_data_on_the_side_ours():
	if not frappe.db.exists("DocType", "Employee"):
		with refused(frappe.ValidationError, "Type must be set first"):
			saved_row(participant_type="Employee", participant="Petra")
		return
	data = {"first_name": "Petra", "cell_number": "+385 91 222 333", "company_email": "petra@example.com"}
	row = saved_row(**link(employee(None, **data)))
	assert contact_data(row) == ("Petra", "petra@example.com", "+385 91 222 333", "Ours")


DEALS = {"Opportunity": ("erpnext", opportunity), "CRM Deal": ("crm", deal)}


@pytest.fixture(params=DEALS)
def deal_document(request):
	app, make = DEALS[request.param]
	need(app)
	return make(insert=False)


def test_contact_data_of_a_deals_participants_is_filled_in_too(deal_document):
	marko = user("marko@example.com", first_name="Marko")
	doc, ana = deal_document, contact(None, phone="+385 1 4567 890", email="ana@example.com")
	doc.append(TABLE, link(ana))
	doc.append(TABLE, {**link(marko), "full_name": "Mr. M."})
	doc.append(TABLE, {"full_name": "Ivan Babić", "email": "ivan@example.com"})
	doc.insert()
	assert [contact_data(row) for row in frappe.get_doc(doc.doctype, doc.name).get(TABLE)] == [
		("Ana Horvat", "ana@example.com", "+385 1 4567 890", "Theirs"),
		("Mr. M.", "marko@example.com", None, "Ours"),
		("Ivan Babić", "ivan@example.com", None, "Theirs"),
	]


def test_in_a_deal_a_cleared_value_stays_blank_and_another_contact_replaces_the_data(deal_document):
	doc = deal_document
	doc.append(TABLE, link(contact(None, email="ana@example.com")))
	doc.insert()
	doc.get(TABLE)[0].email = None
	doc.save()
	assert not doc.get(TABLE)[0].email
	doc.get(TABLE)[0].participant = contact(None, "Petra", email="petra@example.com").name
	doc.save()
	assert contact_data(doc.get(TABLE)[0])[:2] == ("Petra Horvat", "petra@example.com")


def test_contact_data_of_an_unreadable_user_is_not_filled_into_a_deal(deal_document, secret):
	deal_document.append(TABLE, link(secret))
	log_in("recorder@example.com", "Interaction User", "Sales User")
	deal_document.insert(ignore_permissions=True)
	assert contact_data(deal_document.get(TABLE)[0]) == (secret.name, None, None, "Ours")


def contact_data(row) -> tuple:
	return row.full_name, row.email or None, row.phone or None, row.side
