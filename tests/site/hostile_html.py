"""Find scripts and fetched addresses in HTML, as a browser or a PDF generator reads it."""

import re
from collections import Counter

from bs4 import BeautifulSoup

FETCHING = (
	*("img", "image", "iframe", "frame", "object", "embed", "applet", "link", "style", "meta", "base"),
	*("video", "audio", "source", "track", "picture", "input", "form"),
)
ADDRESSES = ("href", "src", "srcset", "data", "action", "formaction", "poster", "background", "xlink:href")
# each tag closes the elements that an earlier one may have opened
EVERYTHING = (
	'"><img src="file:///etc/passwd" onerror="alert(1)"><script>alert(1)</script>'
	'<iframe src="file:///etc/passwd"></iframe><object data="file:///etc/passwd"></object><embed src="file:///etc/passwd">'
	'<link rel="stylesheet" href="http://192.0.2.1/x.css"><style>@import url(file:///etc/passwd); .print-format {page-size: A0}</style>'
	'<meta http-equiv="refresh" content="0; url=file:///etc/passwd"><base href="http://192.0.2.1/">'
	'<svg onload="alert(1)"><image xlink:href="file:///etc/passwd"></image><script>alert(1)</script></svg>'
	'<video poster="http://192.0.2.1/x"><source src="http://192.0.2.1/x"></video><img srcset="http://192.0.2.1/x 2x">'
	'<img src="/files/../api/method/logout"><img src="//192.0.2.1/x"><img src="http://192.0.2.1/x"><img src="data:text/html,x">'
	'<p style="background: url(file:///etc/passwd); list-style: url(http://192.0.2.1/x)" onmouseover="alert(1)">Words</p>'
	'<a href="javascript:alert(1)">link</a><a href=" jAva\tscript:alert(1)">link</a><a href="data:text/html,x">link</a>'
	'<div id="header-html" background="http://192.0.2.1/x">Head</div><form action="javascript:alert(1)"><input type="image" src="http://192.0.2.1/x">'
	"{{ 7 * 7 }}{% raw %}"
)


def running(html: str) -> Counter:
	"""Count the scripts that would run, in elements, attributes and addresses."""
	found = Counter()
	for element in BeautifulSoup(html, "html5lib").find_all(True):
		if element.name == "script":
			found[str(element)] += 1
		for name, value in element.attrs.items():
			if name.startswith("on") or (name in ADDRESSES and is_script(str(value))):
				found[f"{element.name} {name}={value}"] += 1
	return found


def fetched(html: str) -> Counter:
	"""Count the elements that would fetch an address; links do so only on a click."""
	found = Counter()
	for element in BeautifulSoup(html, "html5lib").find_all(True):
		by_style = "url" in element.get("style", "").lower() or "\\" in element.get("style", "")
		by_address = any(element.get(name) for name in ADDRESSES) and element.name != "a"
		by_id = element.get("id") in ("header-html", "footer-html")
		if element.name in FETCHING or by_style or by_address or by_id:
			found[str(element)] += 1
	return found


def is_script(address: str) -> bool:
	plain = re.sub(r"[\x00-\x20]", "", address).lower()
	return plain.startswith(("javascript:", "vbscript:", "data:text/html"))
