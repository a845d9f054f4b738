"""Write interactions.csv: 2,000 interactions as another CRM would export them, 20 of them broken.

Run `python tests/data/make_import_csv.py` after a change here. The outcome depends on nothing but this file.
"""

import csv
import io
import random
from datetime import datetime, timedelta
from pathlib import Path

FILE = Path(__file__).with_name("interactions.csv")
INTERACTIONS = 2000
# columns of the old system that have no counterpart; the platform leaves them out and says so
FOREIGN = ("Record No.", "Salesperson")
HEADER = (
	*FOREIGN,
	*("Type", "Direction", "Topic", "Partner Type", "Partner", "Contact Person", "Phone or E-mail"),
	*("Date and Time", "Until", "Duration", "Status", "Notes", "Outcome", "Rating", "Priority", "Category"),
	*("Amount", "Currency", "Completed"),
	*("Type (Participants)", "Participant (Participants)", "Full Name (Participants)"),
	*("Phone (Participants)", "Email (Participants)", "Product (Products)", "Quantity (Products)"),
)

# partner, its two contact persons, currency, language
PARTNERS = (
	("Jadranska trgovina d.o.o.", ("Ana Horvat", "Ivan Babić"), "EUR", "hr"),
	("Vinkovački mlinovi", ("Đurđa Knežević", "Marko Šarić"), "EUR", "hr"),
	("Бытовая техника (Москва)", ("Ольга Смирнова", "Пётр Ильин"), "RUB", "ru"),
	('ООО "Северный ветер"', ("Алексей Щукин", "Нина Ёлкина"), "RUB", "ru"),
	("Kranjska orodja", ("Tjaša Žnidaršič", "Luka Kos"), "EUR", "sl"),
	("Hiša čebel, d.o.o.", ("Maja Zupan", "Žiga Černe"), "EUR", "sl"),
	("Zakłady Łódzkie S.A.", ("Małgorzata Wójcik", "Paweł Żak"), "PLN", "pl"),
	("Świeże Pieczywo sp. z o.o.", ("Agnieszka Ćwik", "Józef Dąbrowski"), "PLN", "pl"),
	("Northgate Pumps Ltd", ("Emily Clarke", "Tom O'Neill"), "GBP", "en"),
	("Harbour & Sons", ("Grace Hill", "Samuel Reed"), "GBP", "en"),
)
TOPICS = {
	"hr": ("Cijena nove pumpe", "Reklamacija isporuke", "Produljenje ugovora", "Termin servisa"),
	"ru": ("Консультация", "Цена нового насоса", "Срок поставки", "Продление договора"),
	"sl": ("Cena nove črpalke", "Rok dobave", "Podaljšanje pogodbe", "Reklamacija računa"),
	"pl": ("Cena nowej pompy", "Termin dostawy", "Przedłużenie umowy", "Reklamacja faktury"),
	"en": ("Price of the new pump", "Delivery date", "Renewal of the contract", "Complaint about an invoice"),
}
NOTES = {
	"hr": "Traže ponudu do petka, s dostavom u skladište.",
	"ru": "Консультация по поводу покупки бытовой техники; перезвонить после обеда.",
	"sl": "Želijo ponudbo do petka,\nz dostavo v skladišče.",
	"pl": 'Proszą o ofertę "do piątku", z dostawą do magazynu.',
	"en": "They want an offer by Friday, delivered to the warehouse.",
}
TYPES = ("Phone Call", "Phone Call", "Phone Call", "E-mail", "E-mail", "SMS", "Meeting")
OUTCOMES = ("", "Successful", "Offer Sent", "Call Back", "No Answer", "Not Interested")
CATEGORIES = ("", "Trade Negotiations", "Customer Acquisition", "Order Fulfilment", "Customer Retention")
DISABLED = {
	"Interaction Type": "Fax",
	"Interaction Priority": "Somewhen",
	"Interaction Category": "Old Campaign",
	"Interaction Outcome": "Undecided",
}

NO_PARTNER = {"Partner Type": "", "Partner": ""}
# the fault of a row, and the message that its reader gets (a regular expression)
BROKEN = (
	({"Partner": "Nobody & Co."}, "Could not find Partner: Nobody & Co."),
	({"Topic": ""}, "Topic"),
	({"Type": ""}, "Type"),
	({**NO_PARTNER, "Contact Person": "", "Direction": "Outgoing"}, "Choose the partner"),
	({"Contact Person": "", "Phone or E-mail": ""}, "Choose a contact person or enter the number or address"),
	({"Partner Type": ""}, "Partner Type must be set first"),
	({"Partner Type": "User", "Partner": "Administrator"}, "User.* is not one of the document types allowed"),
	(
		{"Contact Person": "Emily Clarke-Northgate Pumps Ltd"},
		"is not a contact person of .*Choose one of its",
	),
	(
		{**NO_PARTNER, "Contact Person": "Grace Hill-Harbour & Sons", "Direction": "Incoming"},
		"Choose the partner first",
	),
	({"Until": "2024-01-01 08:00:00"}, "The end .* is before the start"),
	({"Rating": "9"}, "The rating .*9.* is outside 0 to 5 stars"),
	({"Rating": "-0.2"}, "The rating .*-0.2.* is outside 0 to 5 stars"),
	({"Type": "Fax"}, "Type .*Fax.* is disabled. Choose another value"),
	({"Priority": "Somewhen"}, "Priority .*Somewhen.* is disabled"),
	({"Category": "Old Campaign"}, "Category .*Old Campaign.* is disabled"),
	({"Outcome": "Undecided"}, "Outcome .*Undecided.* is disabled"),
	({"Product (Products)": "Pump P-40", "Quantity (Products)": "-2"}, "cannot be negative"),
	({"Full Name (Participants)": "", "Phone (Participants)": "01 234 567"}, "Row 1 has no participant"),
	({"Full Name (Participants)": "Ivo", "Email (Participants)": "ivo at home"}, "not a valid Email Address"),
	(
		{"Type (Participants)": "Role", "Participant (Participants)": "Guest"},
		"Role.* can't be a participant. Choose one of",
	),
)
BROKEN_EVERY = INTERACTIONS // len(BROKEN)
FIRST_BROKEN = 37


def contact_name(person: str, partner: str) -> str:
	"""Return the name that the platform gives to a contact of a partner."""
	return f"{person}-{partner}"


def lines(few: bool = False) -> list[dict[str, str]]:
	"""Return the rows of the file in order; a second participant has a row of its own, blank otherwise.

	Args:
		few: every broken interaction, but only some of the others.
	"""
	chance = random.Random(2024)  # noqa: S311 (no secret: the same file each time)
	rows = []
	for number in range(INTERACTIONS):
		row = _interaction(number, chance)
		if number % BROKEN_EVERY == FIRST_BROKEN:
			row |= BROKEN[number // BROKEN_EVERY][0]
		elif few and number >= 50 and number % 50:
			continue
		rows.append(row)
		if number % 50 == 0:
			second = {"Full Name (Participants)": "Petra Novak", "Phone (Participants)": "+386 1 234 56 78"}
			rows.append(second)
	return rows


def broken_row_numbers(few: bool = False) -> list[int]:
	"""Return the row numbers, as a spreadsheet counts them, of the broken interactions in the order of BROKEN."""
	rows = {line.get("Record No."): row for row, line in enumerate(lines(few), start=2)}
	return [rows[_record_number(i * BROKEN_EVERY + FIRST_BROKEN)] for i in range(len(BROKEN))]


def text(few: bool = False) -> str:
	out = io.StringIO(newline="")
	writer = csv.DictWriter(out, HEADER, restval="", lineterminator="\n")
	writer.writeheader()
	writer.writerows(lines(few))
	return out.getvalue()


def _record_number(number: int) -> str:
	return f"A-{number + 1:05}"


def _interaction(number: int, chance: random.Random) -> dict[str, str]:
	partner, people, currency, language = PARTNERS[number % len(PARTNERS)]
	person = chance.choice(people)
	kind = chance.choice(TYPES)
	is_mail = kind == "E-mail"
	start = _working_hour(number) + timedelta(minutes=5 * chance.randrange(12))
	row = {
		"Record No.": _record_number(number),
		"Salesperson": chance.choice(("M. Kovač", "J. Nowak", "S. Petrov")),
		"Type": kind,
		"Direction": chance.choice(("Incoming", "Outgoing")),
		"Topic": chance.choice(TOPICS[language]),
		"Partner Type": "Partner",
		"Partner": partner,
		"Contact Person": contact_name(person, partner) if number % 3 else "",
		"Phone or E-mail": f"office{number % 40}@example.com" if is_mail else f"+385 1 45{number:05}",
		"Date and Time": f"{start:%Y-%m-%d %H:%M:%S}",
		"Until": f"{start + timedelta(minutes=45):%Y-%m-%d %H:%M:%S}" if kind == "Meeting" else "",
		"Duration": chance.choice(("", "3m 20s", "12m", "1h 5m")) if kind == "Phone Call" else "",
		"Status": chance.choice(("Held", "Held", "Held", "Not Held", "Cancelled")),
		"Notes": NOTES[language] if number % 2 else "",
		"Outcome": chance.choice(OUTCOMES),
		"Rating": chance.choice(("", "0.2", "0.6", "0.8", "1")),
		"Priority": chance.choice(("", "Normal", "High", "Urgent", "Low")),
		"Category": chance.choice(CATEGORIES),
		"Completed": "Yes" if number % 4 == 0 else "No",
	}
	if number % 5 == 0:
		row |= {"Amount": f"{chance.randrange(100, 90000)}.50", "Currency": currency}
	if number % 50 == 0:
		row |= {"Full Name (Participants)": "Marko Kovač", "Phone (Participants)": "+386 1 234 56 70"}
		row |= {"Product (Products)": "Pump P-40", "Quantity (Products)": str(chance.randrange(1, 9))}
	return row


def _working_hour(number: int) -> datetime:
	"""Return the start of the n-th working hour, eight a day, five days a week."""
	day, hour = divmod(number, 8)
	week, weekday = divmod(day, 5)
	return datetime(2024, 1, 8, 8) + timedelta(weeks=week, days=weekday, hours=hour)


if __name__ == "__main__":
	FILE.write_text(text(), encoding="utf-8", newline="")
