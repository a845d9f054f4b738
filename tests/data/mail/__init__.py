"""Mails of the tests, and the table of what becomes of each (README.md)."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
TABLE = FOLDER / "expected.json"
TEN_MB = 10 * 1024 * 1024
BOUNDARY = "------------f0wLarge10"
LARGE_HEADER = """\
Return-Path: <ivan.kos@adria.example>
Delivered-To: igor@pumps.example
Received: from mail.adria.example (mail.adria.example [192.0.2.25])
	by mx.pumps.example (Postfix) with ESMTPS id 4ZLarge
	for <igor@pumps.example>; Fri, 14 Feb 2025 09:00:31 +0100
Message-ID: <e0d1c2b3-a495-4867-9758-4a3b2c1d0e0f@adria.example>
Date: Fri, 14 Feb 2025 09:00:00 +0100
MIME-Version: 1.0
User-Agent: Mozilla Thunderbird
Subject: Assembly drawings
To: igor@pumps.example
From: Ivan Kos <ivan.kos@adria.example>
Content-Type: multipart/mixed; boundary="{boundary}"

This is a multi-part message in MIME format.
--{boundary}
Content-Type: text/plain; charset=UTF-8; format=flowed
Content-Transfer-Encoding: 7bit

Igor, the drawings are attached.

Ivan

--{boundary}
Content-Type: application/pdf; name="drawings.pdf"
Content-Disposition: attachment; filename="drawings.pdf"
Content-Transfer-Encoding: base64

"""


def build_large_mail(size: int = TEN_MB) -> bytes:
	"""Return a mail whose attachment has `size` bytes, the same bytes each time."""
	attachment = _build_pdf(size)
	text = LARGE_HEADER.format(boundary=BOUNDARY).encode() + base64.encodebytes(attachment)
	return (text + f"\n--{BOUNDARY}--\n".encode()).replace(b"\n", b"\r\n")


def _build_pdf(size: int) -> bytes:
	"""Return a valid PDF of `size` bytes with one blank page: Frappe opens attached ones, and fails at a broken one."""
	line = b"drawing of pump P-40, sheet %07d\n"
	objects = (
		b"<</Type/Catalog/Pages 2 0 R>>",
		b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>",
	)
	body, offsets = b"%PDF-1.4\n", []
	for number, text in enumerate(objects, 1):
		offsets.append(len(body))
		body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
	table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
	tail = (
		b"xref\n0 4\n0000000000 65535 f \n"
		+ table
		+ b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%010d\n%%%%EOF\n"
	)
	room = size - len(body) - len(tail % 0) - 2
	comments = b"".join(b"%" + line % number for number in range(room // len(line % 0) + 1))[:room]
	body += comments + b"\n\n"
	return body + tail % len(body)


# mails too large for the repository
BUILT: dict[str, Callable[[], bytes]] = {"attachment_10_mb.eml": build_large_mail}


def names() -> list[str]:
	"""Return the names of all mails, files and built ones, in alphabetical order."""
	return sorted([*(path.name for path in FOLDER.glob("*.eml")), *BUILT])


def read(name: str) -> bytes:
	"""Return a mail as a server delivers it; FileNotFoundError for an unknown name."""
	return BUILT[name]() if name in BUILT else (FOLDER / name).read_bytes()


def table() -> dict[str, Any]:
	"""Return `world` and `mails`, the entries in the order of their file names."""
	return json.loads(TABLE.read_text(encoding="utf-8"))
