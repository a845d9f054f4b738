"""Result of a chain: given by its subject's status, or chosen when the chain is closed (R21)."""

import frappe
import pytest
from frappe.utils import flt, get_datetime

from crm_interactions.api import activity as activity_api
from crm_interactions.api import chain as api
from crm_interactions.chains import closing, joining, subject, subject_results, undoing
from crm_interactions.setup import document_types, memory
from tests.site.chain_checks import chain_value
from tests.site.checks import stored
from tests.site.factories import change_record, interaction, log_in, partner, record
from tests.site.other_apps import deal, need, opportunity, organization, quotation

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("consistent")]
RULE = {
	"subject_type": "ToDo",
	"status_field": "status",
	"won_values": "Closed",
	"lost_values": "Cancelled",
}
RESULT = ["result", "result_amount", "result_currency", "result_from_subject"]
LOG = "Interaction Chain Log"


@pytest.fixture(autouse=True)
def rules(settings):
	"""Let to-dos decide the results of chains, beside the types of other apps."""
	rows = frappe.get_single("CRM Interactions Settings").subject_types
	settings(subject_types=[*(row.as_dict() for row in rows), RULE])


def todo(**values):
	return record("ToDo", description="Sell the pumps", **values)


def about(doc):
	return interaction(subject_type=doc.doctype, subject=doc.name)


def result_of(call) -> tuple:
	result, amount, currency, from_subject = chain_value(call, RESULT)
	return result or None, flt(amount), currency, from_subject


def logged(call, action: str = "Result") -> list[tuple]:
	filters = {"chain": call.chain, "action": action}
	fields = ["result_before", "result_after"]
	rows = frappe.get_all(LOG, filters, fields, as_list=True, order_by="creation, name")
	return [tuple(row) for row in rows]


def test_the_status_of_the_subject_gives_the_result_and_each_change_is_logged():
	deal = todo()
	call = about(deal)
	assert result_of(call) == (None, 0, None, 0)
	change_record(deal, status="Closed")
	assert result_of(call) == ("Won", 0, None, 1)
	change_record(deal, status="Cancelled")
	assert result_of(call) == ("Lost", 0, None, 1)
	change_record(deal, status="Open")
	assert result_of(call) == (None, 0, None, 0)
	assert logged(call) == [(None, "Won"), ("Won", "Lost"), ("Lost", None)]


def test_a_status_that_is_set_alone_gives_the_result_too():
	deal = todo()
	call = about(deal)
	deal.db_set("status", "Closed")
	assert result_of(call)[0] == "Won"


def test_a_chain_takes_the_result_of_a_subject_that_was_decided_before():
	deal = todo(status="Closed")
	call = about(deal)
	assert result_of(call)[0] == "Won"
	other = interaction()
	subject.set_for_chain(other.chain, "ToDo", deal.name)
	assert result_of(other)[0] == "Won"
	subject.set_for_chain(other.chain, None, None)
	assert result_of(other)[0] is None


def test_a_joined_chain_takes_the_result_with_the_subject_and_undo_takes_it_back():
	older = interaction()
	younger = about(todo(status="Closed"))
	done = joining.join((younger.doctype, younger.name), (older.doctype, older.name))
	assert result_of(older)[0] == "Won"
	undoing.undo_entry(done["log"])
	assert (result_of(older)[0], result_of(younger)[0]) == (None, "Won")


def test_the_result_stays_when_the_subject_is_deleted():
	deal = todo(status="Closed")
	call = about(deal)
	deal.delete()
	assert result_of(call)[0] == "Won"
	assert chain_value(call, "subject") is None


def test_claims_are_resolved_or_not(settings):
	settings(subject_types=[{**RULE, "is_claim": 1}])
	deal = todo(status="Closed")
	call = about(deal)
	assert result_of(call)[0] == "Resolved"
	change_record(deal, status="Cancelled")
	assert result_of(call)[0] == "Not Resolved"
	change_record(deal, status="Open")
	with pytest.raises(frappe.ValidationError, match="Choose one of: Resolved, Not Resolved"):
		api.close(call.chain, result="Won")
	api.close(call.chain, result="Not Resolved")
	assert result_of(call) == ("Not Resolved", 0, None, 0)


def test_a_chain_is_closed_with_a_result_and_an_amount():
	call = interaction()
	api.close(call.chain, "They ordered", result="Won", result_amount="1200.5", result_currency="USD")
	assert result_of(call) == ("Won", 1200.5, "USD", 0)
	closed_on, result_on = chain_value(call, ["closed_on", "result_on"])
	assert closed_on == result_on
	assert logged(call, "Close") == [(None, "Won")]
	api.reopen(call.chain)
	assert result_of(call) == (None, 0, None, 0)
	assert logged(call, "Reopen") == [("Won", None)]


def test_an_amount_without_a_currency_is_in_the_currency_of_the_site():
	call = interaction()
	api.close(call.chain, result="Lost", result_amount=50)
	assert result_of(call) == ("Lost", 50, frappe.db.get_default("currency"), 0)


def test_a_result_is_chosen_with_the_last_activity():
	call = interaction()
	values = {"result": "No Decision", "result_amount": 10, "result_currency": "EUR"}
	activity_api.complete(call.doctype, call.name, then="close", reason="Silence", **values)
	assert result_of(call) == ("No Decision", 10, "EUR", 0)
	activity_api.reopen(call.doctype, call.name)
	assert result_of(call) == (None, 0, None, 0)


def test_a_chain_without_a_result_can_be_closed():
	call = interaction()
	api.close(call.chain)
	assert result_of(call) == (None, 0, None, 0)


@pytest.mark.parametrize(
	("given", "error", "message"),
	[
		({"result": "Sold"}, frappe.ValidationError, "no result of this chain. Choose one of: Won, Lost"),
		({"result_amount": 5}, frappe.ValidationError, "An amount needs a result"),
		({"result_currency": "EUR"}, frappe.ValidationError, "An amount needs a result"),
		({"result": "Won", "result_amount": -1}, frappe.ValidationError, "-1.* is no amount"),
		({"result": "Won", "result_amount": "many"}, frappe.ValidationError, "many.* is no amount"),
		({"result": "Won", "result_amount": "1e13"}, frappe.ValidationError, "is no amount"),
		({"result": "Won", "result_amount": 1, "result_currency": "XXY"}, frappe.DoesNotExistError, "XXY"),
	],
)
def test_an_invalid_result_is_refused_and_the_chain_stays_open(given, error, message):
	call = interaction()
	with pytest.raises(error, match=message):
		api.close(call.chain, **given)
	assert chain_value(call, "status") == "Open"


def test_a_decided_subject_keeps_its_result_when_the_chain_is_closed_and_reopened():
	deal = todo(status="Closed")
	call = about(deal)
	assert api.page(chain=call.chain)["chain"]["results"] == []
	with pytest.raises(frappe.ValidationError, match=f"{deal.name}.* gives the chain the result .*Won"):
		api.close(call.chain, result="Lost")
	api.close(call.chain, result="Won")
	assert result_of(call) == ("Won", 0, None, 1)
	api.reopen(call.chain)
	assert result_of(call) == ("Won", 0, None, 1)


def test_the_dialogs_offer_the_results_of_the_chain():
	call, decided = interaction(), about(todo())
	assert activity_api.proposal(call.doctype, call.name)["results"] == [
		*("Won", "Lost", "No Decision", "Resolved", "Not Resolved")
	]
	assert api.page(chain=decided.chain)["chain"]["results"] == ["Won", "Lost", "No Decision"]


def test_a_changed_rule_is_applied_to_existing_chains(settings, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)  # the job commits each batch
	settings(subject_types=[{"subject_type": "ToDo"}])
	deal = todo(status="Closed")
	call = about(deal)
	assert result_of(call)[0] is None
	settings(subject_types=[RULE])
	subject_results.refresh("ToDo")
	assert result_of(call)[0] == "Won"
	assert get_datetime(chain_value(call, "result_on")) == get_datetime(stored(deal, "modified"))


def test_a_user_cannot_write_the_result():
	call = interaction()
	change_record(frappe.get_doc("Interaction Chain", call.chain), result="Won", result_amount=5)
	assert result_of(call) == (None, 0, None, 0)


def test_closing_with_a_result_takes_the_right_to_write_the_chain():
	call = interaction()
	log_in("no.role@example.com")
	with pytest.raises(frappe.PermissionError):
		api.close(call.chain, result="Won")


@pytest.mark.parametrize(
	("wrong", "message"),
	[
		({"status_field": "state"}, "Status Field: .*ToDo.* has no field .*state"),
		({"amount_field": "description"}, "Amount Field: .*description.* is a field of type Text Editor"),
		({"status_field": None}, "The values need a status field"),
		({"lost_values": "Closed"}, "Closed.* is listed twice"),
	],
)
def test_an_unsuitable_rule_is_refused(settings, wrong, message):
	with pytest.raises(frappe.ValidationError, match=message):
		settings(subject_types=[{**RULE, **wrong}])


def test_known_subject_types_know_their_results():
	need("erpnext")
	rows = {row.subject_type: row for row in frappe.get_single("CRM Interactions Settings").subject_types}
	for doctype in {"Opportunity", "Quotation", "Sales Order", "Issue", "CRM Deal", "CRM Lead"} & rows.keys():
		subject_results.validate(rows[doctype])
		assert rows[doctype].status_field and rows[doctype].won_values, doctype


def test_the_subject_types_of_an_existing_site_learn_their_results_once():
	need("erpnext")
	settings = frappe.get_single("CRM Interactions Settings")
	row = next(one for one in settings.subject_types if one.subject_type == "Quotation")
	row.update(
		dict.fromkeys(("status_field", "won_values", "lost_values", "undecided_values", "amount_field"))
	)
	settings.save()
	document_types.add_known()
	assert rule_of("Quotation") == (None, None), "an administrator's change stays"
	memory.forget_keys({"result/Quotation"})
	document_types.add_known()
	assert rule_of("Quotation") == ("status", "grand_total")


def rule_of(subject_type: str) -> tuple:
	rows = frappe.get_single("CRM Interactions Settings").subject_types
	row = next(one for one in rows if one.subject_type == subject_type)
	return row.status_field or None, row.amount_field or None


def test_a_quotation_that_becomes_an_order_is_won():
	need("erpnext")
	from erpnext.selling.doctype.quotation.quotation import make_sales_order

	of = partner()
	offer = quotation(of)
	call = interaction(of, subject_type="Quotation", subject=offer.name)
	assert result_of(call)[0] is None
	order = make_sales_order(offer.name)
	order.delivery_date = frappe.utils.add_days(frappe.utils.today(), 5)
	order.insert().submit()
	assert result_of(call) == ("Won", 100, offer.currency, 1)
	order.reload().cancel()
	assert result_of(call)[0] is None


def test_a_lost_opportunity_keeps_its_amount():
	need("erpnext")
	of = partner()
	chance = opportunity(of, opportunity_amount=4000, currency="EUR")
	call = interaction(of, subject_type="Opportunity", subject=chance.name)
	chance.reload().declare_enquiry_lost([], [], "Too expensive")
	assert result_of(call) == ("Lost", 4000, "EUR", 1)


def test_a_deal_of_frappe_crm_is_won():
	need("crm")
	chance = deal(organization())
	call = interaction(
		party_type="CRM Organization",
		party=chance.organization,
		subject_type="CRM Deal",
		subject=chance.name,
	)
	if not frappe.db.exists("CRM Deal Status", "Won"):
		record("CRM Deal Status", deal_status="Won")
	change_record(chance.reload(), status="Won", deal_value=700, currency="EUR")
	assert result_of(call) == ("Won", 700, "EUR", 1)


def test_closing_writes_no_result_of_a_subject_without_a_rule():
	note = record("Note", title="Prices", content="42")
	settings = frappe.get_single("CRM Interactions Settings")
	settings.append("subject_types", {"subject_type": "Note"})
	settings.save()
	call = about(note)
	closing.close(call.chain)
	assert result_of(call) == (None, 0, None, 0)
