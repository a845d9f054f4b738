"""Mail of files: brings in an mbox or a folder of .eml files as if an Email Account had received it, and captures it."""

import mailbox
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import frappe
from frappe import _
from frappe.email.receive import InboundMail

from crm_interactions.capture import policy, records, refused
from crm_interactions.controllers.validation import bold
from crm_interactions.integrations.frappe import email_account as receiving

FAILED = "error"


class StoredMail(InboundMail):
	def is_sender_same_as_receiver(self) -> bool:
		"""Return False: a file holds sent mail too, which Frappe would refuse as a copy in the inbox."""
		return False


def bring_in(path: str, email_account: str) -> dict[str, int]:
	"""Store and capture each mail of a file or a folder; commit each. A mail that is stored already is left out.

	Args:
		path: an mbox file, an .eml file, or a folder with .eml files, also in its folders.
		email_account: name of the Email Account that the mails belong to; its setting decides on capture.

	Returns: the number of mails by result: Interaction, Captured Item, the reason for a refusal, or "error" (Error Log).

	Raises: ValidationError for a missing path, or if mail of the account isn't captured; DoesNotExistError.
	"""
	account = frappe.get_doc("Email Account", email_account)
	if not policy.is_on(policy.MAIL, account.name):
		frappe.throw(
			_(
				"Mail of {0} is not captured. Choose what to capture in the settings, then start again."
			).format(bold(account.name))
		)
	if not Path(path).exists():
		frappe.throw(_("There is no file or folder {0}. Check the path.").format(bold(path)))
	counts: Counter[str] = Counter()
	for raw in _read(Path(path)):
		counts[_store(raw, account)] += 1
	return dict(counts)


def _read(path: Path) -> Iterator[bytes]:
	"""Yield the mails of a path, one at a time."""
	if path.is_dir():
		for file in sorted(path.rglob("*.eml")):
			yield file.read_bytes()
	elif path.suffix.lower() == ".eml":
		yield path.read_bytes()
	else:
		box = mailbox.mbox(path, create=False)
		for key in box.iterkeys():
			yield box.get_bytes(key)


def _store(raw: bytes, account) -> str:
	"""Store and capture a mail, and return the result; nothing of a mail that fails stays."""
	mail = StoredMail(raw, account)
	try:
		communication = receiving.process(mail, mail.process)
	except Exception:
		frappe.db.rollback()  # nothing half-written stays; the mails before are committed
		frappe.log_error(title="A mail of a file was not brought in")
		frappe.db.commit()  # keeps the error
		return FAILED
	result = _result(mail, communication)
	frappe.db.commit()  # each mail by itself: a restart leaves out those that are stored
	return result


def _result(mail, communication) -> str:
	if not mail.flags.is_new_communication:
		return refused.DUPLICATE
	source = (communication.doctype, communication.name)
	if record := records.find(source):
		return record["doctype"]
	return refused.find_reason(source) or refused.NOT_CAPTURED
