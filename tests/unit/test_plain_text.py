"""Agendas are converted to plain text for calendars."""

import pytest

from crm_interactions.invitations import plain_text

TABLE = {
	"nothing": (None, ""),
	"empty editor": ('<div class="ql-editor read-mode"><p><br></p></div>', ""),
	"paragraphs": ("<p>One</p><p>Two</p>", "One\nTwo"),
	"line": ("<p>One<br>Two</p>", "One\nTwo"),
	"inline": ("<p>One <b>bold</b>, <a href='https://example.com'>link</a></p>", "One bold, link"),
	"bullets": ("<ul><li>One</li><li>Two</li></ul>", "• One\n• Two"),
	"numbers": ("<ol><li>One</li><li>Two</li></ol><p>End</p>", "1. One\n2. Two\nEnd"),
	"editor's bullets": ('<ol><li data-list="bullet">One</li></ol>', "• One"),
	"editor's numbers": ('<ol><li data-list="ordered"><span></span>One</li></ol>', "1. One"),
	"two lists": ("<ol><li>A</li></ol><ol><li>B</li></ol>", "1. A\n1. B"),
	"table": ("<table><tr><td>A</td><td>B</td></tr><tr><td>C</td></tr></table>", "A B\nC"),
	"entities": ("<p>A &amp; B &lt;C&gt; &nbsp;D</p>", "A & B <C> D"),
	"script": ("<p>A</p><script>alert(1)</script><style>p {}</style>", "A"),
	"source lines": ("<p>A\n   B</p>\n\n<p>C</p>", "A B\nC"),
	"broken": ("<p>A<li>B</ol></ul></p>", "A\n• B"),
	"plain": ("A < B", "A < B"),
}


@pytest.mark.parametrize(("html", "text"), TABLE.values(), ids=TABLE.keys())
def test_html_is_converted_to_plain_text(html, text):
	assert plain_text.of_html(html) == text
