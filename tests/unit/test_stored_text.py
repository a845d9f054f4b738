"""Plain text between the database, the user and HTML."""

import pytest

from crm_interactions.platform.stored_text import as_html, as_typed, of_message, storable

TOPICS = (
	"R&D <Q3> plan",
	"Jane Roe <jane.roe@example.com>",
	"x <img src=http://t.example/x.png ",
	"budget a<b today",
	"a < b, 3<5, c > d",
	'"<script>alert(1)</script>"',
	"Smith &notary, AT&T",
	"ends with <",
)
# as Frappe stores complete tags
BY_FRAPPE = {
	"R&amp;D &lt;Q3&gt; plan": "R&D <Q3> plan",
	"Jane Roe &lt;jane.roe@example.com&gt;": "Jane Roe <jane.roe@example.com>",
	"&amp;lt;": "&lt;",
	"&quot;O&#39;Neil&#x27;s&apos;&#34;": "\"O'Neil's'\"",
}


@pytest.mark.parametrize("text", TOPICS)
def test_stored_text_is_read_as_typed_and_starts_no_tag(text):
	stored = storable(text)
	assert as_typed(stored) == text
	assert storable(stored) == stored, "saving again changes nothing"
	assert not [part for part in stored.split("<")[1:] if part[:1].isalpha() or part[:1] in {"/", "!", "?"}]


@pytest.mark.parametrize(("stored", "typed"), BY_FRAPPE.items())
def test_text_escaped_by_frappe_is_read_as_typed(stored, typed):
	assert as_typed(stored) == typed


@pytest.mark.parametrize("text", ["R&D <Q3> plan", "R&D &lt;Q3> plan", "R&amp;D &lt;Q3&gt; plan"])
def test_html_shows_the_text_as_typed(text):
	assert as_html(text) == "R&amp;D &lt;Q3&gt; plan"


def test_other_values_are_text_too():
	assert (as_typed(None), as_html(None), as_typed(7)) == ("", "", "7")


def test_a_message_loses_its_tags_and_entities():
	assert of_message(ValueError("<strong>R&amp;D &lt;Q3&gt;</strong> is closed. ")) == "R&D <Q3> is closed."
