"""Plain text is told from HTML and keeps its lines; embedded pictures get one form."""

import base64

import pytest

from crm_interactions.controllers import rich_text


@pytest.mark.parametrize(
	("text", "html"),
	[
		("one", "<p>one</p>"),
		("one\ntwo", "<p>one<br>two</p>"),
		("one\r\ntwo\rthree", "<p>one<br>two<br>three</p>"),
		("\none\n\n\ntwo\n", "<p>one</p><p>two</p>"),
		("R&D <Q3>\na < b", "<p>R&amp;D &lt;Q3&gt;<br>a &lt; b</p>"),
		('Jane <jane@example.com>\nsays "hi"', '<p>Jane &lt;jane@example.com&gt;<br>says "hi"</p>'),
		("R&amp;D &lt;Q3&gt;\nat /?a=1&copy=2", "<p>R&amp;D &lt;Q3&gt;<br>at /?a=1&amp;copy=2</p>"),
		*(("", ""), (None, ""), (" \n ", "")),
	],
)
def test_plain_text_becomes_paragraphs(text, html):
	assert rich_text.to_html(text) == html


@pytest.mark.parametrize(
	"html",
	[
		"<p>one</p>\n<p>two</p>",
		"one<br/>\ntwo",
		"<b class=x>one</b>\ntwo",
		"one\n<IMG src='x'>",
		"<!-- markdown -->\n# one",
	],
)
def test_html_stays(html):
	assert rich_text.to_html(html) == html


def test_typed_entities_are_text():
	assert rich_text.from_plain_text("Write &lt;") == "<p>Write &amp;lt;</p>"


DATA = base64.b64encode(b"<svg d='M1,2'/>").decode()


@pytest.mark.parametrize(
	("address", "expected"),
	[
		(f"data:image/png;base64,{DATA}", f"data:image/png;base64,{DATA}"),
		(
			f"data:image/png;filename=a.png;base64,{DATA[:4]}\n{DATA[4:]}",
			f"data:image/png;filename=a.png;base64,{DATA}",
		),
		("data:image/svg+xml;utf8,<svg d='M1,2'/>", f"data:image/svg+xml;utf8;base64,{DATA}"),
		("data:image/svg+xml,%3Csvg d=%27M1,2%27/%3E", f"data:image/svg+xml;base64,{DATA}"),
		*(("data:image/png", "data:image/png;base64,"), ("data:data:,\ud800", "data:;base64,Pw==")),
	],
)
def test_an_embedded_picture_is_encoded_in_base64(address, expected):
	html = f'<p>one</p><img class="x" src="{address}" width="9">'
	assert rich_text.encode_pictures(html) == f'<p>one</p><img class="x" src="{expected}" width="9">'
	kept = address.partition(",")[0]
	assert rich_text.without_pictures(html) == f'<p>one</p><img class="x" src="{kept}" width="9">'


@pytest.mark.parametrize(
	"html", ['<img src="/files/a.png">', "data:image/png;base64,AA", "<img alt='data:'> src='data:,'"]
)
def test_other_text_stays(html):
	assert rich_text.encode_pictures(html) == rich_text.without_pictures(html) == html


def test_unclosed_tags_take_no_long_time():
	for part in ("<img ", '<img src="data:', "<p ", "<img src='data:x,\""):
		rich_text.without_pictures(part * 100_000)
		rich_text.is_html(part * 100_000)
