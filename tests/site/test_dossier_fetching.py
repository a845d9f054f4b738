"""A dossier fetches no address of a note, neither from a server nor from the disk (B7)."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import frappe
import pytest
from weasyprint import HTML

from crm_interactions.insight.dossier import pdf
from tests.site.dossiers import make
from tests.site.factories import interaction
from tests.site.hostile_html import EVERYTHING

pytestmark = pytest.mark.records_only
FETCHES = (
	'<img src="{0}/a.png"><p style="background: url({0}/b.png)">Words</p><style>@import url({0}/c.css);</style>'
	'<link rel="stylesheet" href="{0}/d.css"><svg><image xlink:href="{0}/e.png"></image></svg>'
	'<img src="file:///etc/passwd"><object data="file:///etc/passwd"></object><a href="{0}/f">link</a>'
	'<img src="/private/files/../../site_config.json"><img src="data:image/svg+xml,<svg/>">'
)


@pytest.fixture
def server():
	"""Return the address of a local server, and the paths that are requested from it."""
	asked = []

	class Handler(BaseHTTPRequestHandler):
		def do_GET(self):
			asked.append(self.path)
			self.send_error(404)

		def log_message(self, *_args):
			pass

	running = HTTPServer(("127.0.0.1", 0), Handler)
	threading.Thread(target=running.serve_forever, daemon=True).start()
	yield f"http://127.0.0.1:{running.server_port}", asked
	running.shutdown()
	running.server_close()


def test_notes_fetch_nothing_and_show_placeholders(server, monkeypatch):
	address, asked = server
	note = FETCHES.format(address)
	HTML(string=note).render()
	assert {"/a.png", "/b.png", "/c.css", "/d.css"} <= {*asked}, "the note would fetch these by itself"
	asked.clear()
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	doc = interaction(title="Hostile", starts_on="2026-03-02 10:00:00")
	# without Frappe's cleaning
	doc.db_set("notes", note + EVERYTHING)
	paper = make(doc.chain)
	assert not asked
	assert "[Picture not included]" in paper.text and "Words" in paper.text
	assert "root:" not in paper.text and "db_password" not in paper.text and "7 * 7" in paper.text


@pytest.mark.parametrize(
	"address", ["http://127.0.0.1/x.png", "file:///etc/passwd", "data:image/svg+xml;base64,AA=="]
)
def test_the_fetcher_refuses_all_but_embedded_pictures(address):
	with pytest.raises(ValueError, match="Nothing is fetched"):
		pdf.fetch(address)
