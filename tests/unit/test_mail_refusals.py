"""Mail of programs isn't captured; the reason is found in its header fields, and people's mail has none."""

from email import message_from_bytes, message_from_string, policy

import pytest

from crm_interactions.capture.refusals import AUTOMATIC, BOUNCE, LIST, LOOP, MOST_RECEIVED, reason

PERSON = "From: Ana <ana@example.com>\nReturn-Path: <ana@example.com>"
NULL = "Return-Path: <>"
REPORT = "Content-Type: multipart/report; report-type={}; boundary=x"
RECEIVED = "Received: from a.example.com by b.example.com; Mon, 5 Jun 2023 10:00:00 +0200\n"

PEOPLE = {
	"plain": "",
	"declared by RFC 3834": "Auto-Submitted: no",
	"declared with comment": "Auto-Submitted: No (a person)",
	# Exchange adds these values to mail of its users
	"Exchange": "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply",
	"Exchange through a group": "X-Auto-Response-Suppress: DR, OOF, AutoReply",
	"Exchange, nothing suppressed": "X-Auto-Response-Suppress: None",
	"priority": "Precedence: first-class\nX-Autoreply: no",
	"signed": "Content-Type: multipart/signed; protocol=report-type",
	"text about reports": "Content-Type: text/plain; report-type=delivery-status",
	"administrator": "From: Postmaster <postmaster@example.com>",
	"other loop": "X-Loop: sales@example.net",
	"long way": RECEIVED * MOST_RECEIVED,
	"empty fields": "Auto-Submitted:\nPrecedence:\nX-Autorespond:",
}
AUTOMATIC_MAIL = {
	"Exchange, absence": f"{NULL}\nAuto-Submitted: auto-generated\nX-Auto-Response-Suppress: All",
	"Gmail, absence": f"{NULL}\nAuto-Submitted: auto-replied\nPrecedence: bulk\nX-Autoreply: yes",
	"Dovecot, absence": f"{NULL}\nAuto-Submitted: auto-replied (vacation)\nPrecedence: bulk",
	"cPanel, absence": "X-Autorespond: Absent\nPrecedence: auto_reply",
	"later standard": "Auto-Submitted: auto-notified; owner-email=ana@example.com",
	"sendmail's vacation": "Precedence: junk",
	"without reports of failure": "X-Auto-Response-Suppress: OOF, DR, NDR, RN, NRN",
	"all in lower case": "x-auto-response-suppress: all",
	"read receipt": REPORT.format("disposition-notification"),
}
BOUNCES = {
	"Postfix": f"From: MAILER-DAEMON@mx.example.com (Mail Delivery System)\n{NULL}\nAuto-Submitted: auto-replied\n"
	+ REPORT.format("delivery-status"),
	"Exchange": "From: Microsoft Outlook <MicrosoftExchange329e71ec@example.com>\nAuto-Submitted: auto-replied\n"
	+ REPORT.format('"delivery-status"').replace("; ", ";\n\t"),
	"Exim": f"From: Mail Delivery System <Mailer-Daemon@mx.example.com>\n{NULL}\nX-Failed-Recipients: joe@example.org\n"
	"Auto-Submitted: auto-replied",
	"Gmail": "From: Mail Delivery Subsystem <mailer-daemon@mx.example.com>\nAuto-Submitted: auto-replied\n"
	+ REPORT.format("delivery-status"),
	"qmail": f"{NULL}\nFrom: MAILER-DAEMON@mx.example.com",
	"server's postmaster": f"From: postmaster@example.com\n{NULL}\nAuto-Submitted: auto-generated",
	"without other signs": NULL,
	"spaces": "Return-Path:  < >",
}
LISTS = {
	"Mailman": "List-Id: Users <users.lists.example.org>\nPrecedence: list\nX-Loop: users@lists.example.org",
	"newsletter": "List-Unsubscribe: <https://example.com/leave>\nPrecedence: bulk\nAuto-Submitted: auto-generated",
	"old list": "Precedence: List",
}
LOOPS = {
	"own mark": "X-Loop: crm.example.com",
	"own mark among others": f"X-Loop: a@example.net\nX-Loop: CRM.example.com\n{NULL}\nList-Id: <x.example.net>",
	"many servers": f"{RECEIVED * (MOST_RECEIVED + 1)}{NULL}",
}
GROUPS = ((PEOPLE, None), (AUTOMATIC_MAIL, AUTOMATIC), (BOUNCES, BOUNCE), (LISTS, LIST), (LOOPS, LOOP))
TABLE = [
	pytest.param(text, expected, id=f"{expected}: {name}")
	for table, expected in GROUPS
	for name, text in table.items()
]


def header(text: str) -> str:
	"""Return a header with these lines, and a person's From and Return-Path where they have none."""
	missing = [line for line in PERSON.split("\n") if f"\n{line.partition(':')[0]}:" not in f"\n{text}"]
	return "\n".join([*missing, text.strip("\n")]).strip("\n") + "\n\n"


@pytest.mark.parametrize("rules", [policy.compat32, policy.default], ids=["compat32", "default"])
@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_the_reason_is_found(text, expected, rules):
	mail = message_from_string(header(text), policy=rules)
	assert reason(mail, own_ids=["crm.example.com"]) == expected


@pytest.mark.parametrize(
	"raw",
	[
		*(b"", b"\n", b"no header", b"From: \xff\xfe\nContent-Type: \xff; report-type\nX-Loop: \xff\n\n"),
		*(b"Content-Type: ;;;\nFrom: <<<>>>\nReturn-Path:\n\n", b"From: =?x?B?!?=\nPrecedence: \xe2\n\n"),
	],
)
def test_broken_headers_have_no_reason(raw):
	for rules in (policy.compat32, policy.default):
		assert reason(message_from_bytes(raw, policy=rules)) is None
