"""Rich text for print formats: text and the site's own images, nothing that a PDF generator would fetch elsewhere.

Frappe removes scripts from rich text when it is saved, but keeps style sheets, images and videos of other servers. The
PDF is made on the server, inside its network and with the session of the printing user.
"""

import re
from collections.abc import Callable

import bleach
from bleach.css_sanitizer import CSSSanitizer
from bs4 import BeautifulSoup

TAGS = {
	*("p", "div", "span", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code"),
	*("b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "sub", "sup", "mark", "small"),
	*("ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "col", "colgroup"),
	*("a", "img"),
}
# elements whose content is no text to print
SILENT = ("script", "style", "head", "iframe", "noscript", "object", "template", "textarea")
ATTRIBUTES = {"class", "style", "align", "colspan", "rowspan", "width", "height", "alt", "title", "data-list"}
# none of these takes a URL
STYLES = (
	*("color", "background-color", "text-align", "text-decoration", "vertical-align", "white-space"),
	*("font-family", "font-size", "font-style", "font-weight", "line-height", "width", "height", "max-width"),
	*("border", "border-collapse", "border-color", "border-style", "border-width"),
	*("margin-left", "padding-left"),
)
# the site's own files; a path out of their folder would call the site with the reader's session
FILE = re.compile(r"/(private/)?files/(?!.*(\.\.|%2e|\\))[^?#]+(\?fid=[\w-]+)?", re.IGNORECASE)
EMBEDDED = re.compile(r"data:image/(png|jpe?g|gif|webp|bmp);base64,[\w+/=\s]*", re.IGNORECASE)


def on_paper(
	html: str | None, embed: Callable[[str], str | None] | None = None, placeholder: str = ""
) -> str:
	"""Return rich text for print, without scripts, style sheets, frames and other servers' images; empty for none.

	Tags other than `TAGS` go and their text stays; styles of `STYLES`, the site's files and embedded images stay. Of
	classes, those of the editor stay, since others would take styles of the page around the text.

	Args:
		embed: returns the data: address of a file of the site, or None to leave the image out; by default the address stays.
		placeholder: text in the place of an image that is left out.
	"""
	if not html:
		return ""
	soup = BeautifulSoup(html, "html5lib")
	for part in soup(SILENT):
		part.decompose()
	for picture in soup("img"):
		address = _read_address(picture, embed)
		if address:
			picture["src"] = address
		elif placeholder:
			picture.replace_with(f"[{placeholder}]")
		else:
			picture.decompose()  # an image without an address breaks Frappe's PDF
	for part in soup(class_=True):
		part["class"] = [name for name in part["class"] if name.startswith("ql-")]
	return bleach.clean(
		soup.body.decode_contents(),
		tags=TAGS,
		attributes=_is_allowed,
		protocols={"http", "https", "mailto", "tel", "data"},
		css_sanitizer=CSSSanitizer(allowed_css_properties=STYLES),
		strip=True,
	)


def _read_address(picture, embed: Callable[[str], str | None] | None) -> str | None:
	"""Return the address with which an image is printed; None to leave it out."""
	address = picture.get("src") or ""
	if not _is_own_image(address):
		return None
	return embed(address) if embed and FILE.fullmatch(address) else address


def _is_allowed(tag: str, name: str, value: str) -> bool:
	if tag == "img" and name == "src":
		return _is_own_image(value)
	if tag == "a" and name == "href":
		return not value.strip().lower().startswith("data:")
	return name in ATTRIBUTES


def _is_own_image(address: str) -> bool:
	return bool(FILE.fullmatch(address) or EMBEDDED.fullmatch(address))
