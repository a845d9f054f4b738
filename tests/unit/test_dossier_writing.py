"""Texts keep their direction of writing inside those of the other direction."""

import pytest

from crm_interactions.insight.dossier.parts import Dossier, Fact, File, Note
from crm_interactions.insight.dossier.writing import END, ISOLATE, find_direction, isolate


@pytest.mark.parametrize(
	("text", "direction"),
	[("Price", "ltr"), ("السعر P-40", "rtl"), ("40 מחיר", "rtl"), ("+385 1 4567", "ltr"), ("", "ltr")],
)
def test_the_first_letter_decides(text, direction):
	assert find_direction(text) == direction


def test_all_texts_are_isolated_but_sums_and_html():
	note = Note("Notes", "<p>Ten</p>", "ltr")
	assert isolate(note) == Note(f"{ISOLATE}Notes{END}", "<p>Ten</p>", "ltr")
	file = File("a.pdf", "3", "", "ab12", "")
	assert isolate([file])[0] == File(f"{ISOLATE}a.pdf{END}", f"{ISOLATE}3{END}", "", "ab12", "")


def test_the_parts_of_a_dossier_are_isolated_at_any_depth():
	parts = {"chain": "CH-1", "title": "Offer", "subject": "", "made_on": "", "made_for": "", "zone": ""}
	facts = [Fact("Phone", "+385 1 4567 890")]
	whole = Dossier(**parts, facts=facts, subject_facts=[], activities=[], files=[])
	assert isolate(whole).facts == [Fact(f"{ISOLATE}Phone{END}", f"{ISOLATE}+385 1 4567 890{END}")]
	assert whole.facts == facts
