"""A participant is a link or plain text; a link fills in the contact data (R5)."""

import frappe
import pytest

from crm_interactions.chains.subject_documents import TABLE
from crm_interactions.exceptions import PartyTypeError
from tests.site.checks import refused
from tests.site.factories import contact, interaction, partner, product_record, user
from tests.site.other_apps import deal, need, opportunity

pytestmark = pytest.mark.records_only


def saved_row(of=None, **fields):
	doc = interaction(of, participants=[fields])
	return frappe.get_doc(doc.doctype, doc.name).participants[0]


@pytest.fixture
def shop():
	return partner()


@pytest.fixture
def ana(shop):
	return contact(shop, phone="+385 1 4567 890", email="ana@example.com")


def test_contact_fills_in_name_email_and_phone(shop, ana):
	row = saved_row(shop, participant_type="Contact", participant=ana.name)
	assert (row.full_name, row.email, row.phone) == ("Ana Horvat", "ana@example.com", "+385 1 4567 890")
	assert row.side == "Theirs"


def test_partner_fills_in_its_title(shop):
	row = saved_row(shop, participant_type=shop.doctype, participant=shop.name)
	assert (row.full_name, row.side) == ("Adriatic Trade", "Theirs")


def test_user_is_on_the_side_ours():
	user("marko@example.com", first_name="Marko")
	row = saved_row(participant_type="User", participant="marko@example.com")
	assert (row.full_name, row.email, row.side) == ("Marko", "marko@example.com", "Ours")


def test_user_can_be_put_on_the_side_theirs():
	assert saved_row(participant_type="User", participant="Administrator", side="Theirs").side == "Theirs"


def test_plain_text_keeps_its_own_phone_and_email():
	row = saved_row(full_name="Ivan Babić", phone="01/234-567", email="ivan@example.com")
	assert (row.full_name, row.phone, row.email) == ("Ivan Babić", "01/234-567", "ivan@example.com")


def test_entered_values_stay_and_blank_ones_are_filled_in(shop, ana):
	row = saved_row(
		shop, participant_type="Contact", participant=ana.name, full_name="Ms Horvat", phone="ask for Ana"
	)
	assert (row.full_name, row.phone, row.email) == ("Ms Horvat", "ask for Ana", "ana@example.com")


def test_a_value_cleared_later_stays_blank(shop, ana):
	doc = interaction(shop, participants=[{"participant_type": "Contact", "participant": ana.name}])
	doc.participants[0].phone = None
	doc.save()
	assert not doc.participants[0].phone


def test_another_contact_in_the_same_row_replaces_the_contact_data(shop, ana):
	doc = interaction(shop, participants=[{"participant_type": "Contact", "participant": ana.name}])
	ivo = contact(shop, first_name="Ivo", last_name="Babić", email="ivo@example.com")
	doc.participants[0].participant = ivo.name
	doc.save()
	row = doc.participants[0]
	assert (row.full_name, row.email, row.phone or "") == ("Ivo Babić", "ivo@example.com", "")


def test_a_participant_without_link_and_name_is_refused():
	with refused(frappe.MandatoryError, "Row 1 has no participant. Choose a participant or type a full name"):
		interaction(participants=[{"phone": "+385 1 111 222"}])


def test_a_document_type_outside_the_participant_types_is_refused():
	todo = frappe.get_doc({"doctype": "ToDo", "description": "Call back"}).insert()
	with refused(PartyTypeError, "ToDo.* can't be a participant. Choose one of: Contact"):
		interaction(participants=[{"participant_type": "ToDo", "participant": todo.name}])


def test_a_missing_contact_is_refused():
	with refused(frappe.LinkValidationError, "Could not find .*Nobody"):
		interaction(participants=[{"participant_type": "Contact", "participant": "Nobody"}])


def test_an_invalid_email_address_is_refused():
	with refused(frappe.InvalidEmailAddressError, "not a valid Email Address"):
		interaction(participants=[{"full_name": "Ivan", "email": "ivan at example"}])


def test_a_product_record_ignores_participants():
	assert product_record(participants=[{"full_name": "Ivan"}]).name


def test_contact_data_of_an_unreadable_user_is_not_filled_in(as_user):
	shop = partner()
	user("secret@example.com", first_name="Secret Name").db_set("mobile_no", "+385 1 999 999")
	user("recorder@example.com", "Interaction User")
	as_user("recorder@example.com")
	assert not frappe.has_permission("User", "read", doc="secret@example.com")
	row = interaction(
		shop, participants=[{"participant_type": "User", "participant": "secret@example.com"}]
	).participants[0]
	assert row.full_name == "secret@example.com"
	assert not row.phone
	assert not row.email


def test_employee_fills_in_contact_data_on_the_side_ours():
	if not frappe.db.exists("DocType", "Employee"):
		with refused(frappe.ValidationError, "Type must be set first"):
			saved_row(participant_type="Employee", participant="Petra")
		return
	employee = frappe.get_doc(
		{
			"doctype": "Employee",
			"first_name": "Petra",
			"gender": frappe.db.get_value("Gender", {}, "name"),
			"date_of_birth": "1990-01-01",
			"date_of_joining": "2020-01-01",
			"cell_number": "+385 91 222 333",
			"company_email": "petra@example.com",
			"company": frappe.defaults.get_global_default("company"),
		}
	).insert()
	row = saved_row(participant_type="Employee", participant=employee.name)
	assert (row.full_name, row.phone, row.side) == ("Petra", "+385 91 222 333", "Ours")
	assert row.email == "petra@example.com"


DEALS = {
	"Opportunity": ("erpnext", lambda: opportunity(insert=False)),
	"CRM Deal": ("crm", lambda: deal(insert=False)),
}


@pytest.fixture(params=DEALS)
def deal_document(request):
	app, make = DEALS[request.param]
	need(app)
	return make()


def test_contact_data_of_a_deals_participants_is_filled_in_too(deal_document):
	user("marko@example.com", first_name="Marko")
	ana = contact(None, phone="+385 1 4567 890", email="ana@example.com")
	doc = deal_document
	doc.append(TABLE, {"participant_type": "Contact", "participant": ana.name})
	doc.append(TABLE, {"participant_type": "User", "participant": "marko@example.com", "full_name": "Mr. M."})
	doc.append(TABLE, {"full_name": "Ivan Babić", "email": "ivan@example.com"})
	doc.insert()
	assert [deal_row(row) for row in frappe.get_doc(doc.doctype, doc.name).get(TABLE)] == [
		("Ana Horvat", "ana@example.com", "+385 1 4567 890", "Theirs"),
		("Mr. M.", "marko@example.com", None, "Ours"),
		("Ivan Babić", "ivan@example.com", None, "Theirs"),
	]


def test_in_a_deal_a_cleared_value_stays_blank_and_another_contact_replaces_the_data(deal_document):
	ana = contact(None, email="ana@example.com")
	petra = contact(None, "Petra", email="petra@example.com")
	doc = deal_document
	doc.append(TABLE, {"participant_type": "Contact", "participant": ana.name})
	doc.insert()
	doc.get(TABLE)[0].email = None
	doc.save()
	assert not doc.get(TABLE)[0].email
	doc.get(TABLE)[0].participant = petra.name
	doc.save()
	assert deal_row(doc.get(TABLE)[0])[:2] == ("Petra Horvat", "petra@example.com")


def test_contact_data_of_an_unreadable_user_is_not_filled_into_a_deal(deal_document, as_user):
	user("secret@example.com", first_name="Secret Name").db_set("mobile_no", "+385 1 999 999")
	user("recorder@example.com", "Interaction User", "Sales User")
	doc = deal_document
	doc.append(TABLE, {"participant_type": "User", "participant": "secret@example.com"})
	as_user("recorder@example.com")
	doc.insert(ignore_permissions=True)
	assert deal_row(doc.get(TABLE)[0]) == ("secret@example.com", None, None, "Ours")


def deal_row(row) -> tuple:
	return row.full_name, row.email or None, row.phone or None, row.side
