"""The platform's REST interface inside the test's own process and transaction: real requests, nothing kept.

A request is what the web server makes of it: routed, its arguments read, its types checked, its refusal put into words by
the platform's own handler. Only logging in and the commit at the end are left out.
"""

import json
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

import frappe
import frappe.api
import frappe.app
from frappe.app import handle_exception, make_form_dict
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

STEP = "request"


class Committed(BaseException):
	"""Something ended the transaction in the middle of a request; nobody may catch this."""


@dataclass
class Answer:
	"""What the platform sent, and the exception behind a refusal."""

	status: int
	text: str
	error: Exception | None

	@property
	def messages(self) -> list[str]:
		"""What the Desk shows in a dialog, where it is read as HTML; what version 2 tells of an error is beside its name."""
		sent = json.loads(self.text)
		told = [json.loads(message) for message in json.loads(sent.get("_server_messages") or "[]")]
		told += [*sent.get("messages", []), *sent.get("errors", [])]
		return [str(message["message"]) for message in told if "message" in message]

	@property
	def refused(self) -> bool:
		return 400 <= self.status < 500


def call(verb: str, path: str, values=None, *, keep: bool = False, **query) -> Answer:
	"""Send a request and, unless it was refused and `keep` says so, undo what it did.

	Args:
		path: below /api/.
		values: the body, sent as JSON; text is sent as it stands.
		query: of the address; whatever isn't text is sent as JSON.
	"""
	frappe.db.savepoint(STEP)
	answer = _answer(_request(verb, path, values, query))
	if not keep or answer.error:
		undo()
	return answer


def undo() -> None:
	"""Go back to what was there before the last request."""
	frappe.db.rollback(save_point=STEP)
	frappe.local.document_cache = {}
	frappe.db.value_cache.clear()


def at(doctype: str, name: str | None = None, version: int = 1) -> str:
	"""Return the address of a document, or of all of a type, in this version of the REST interface."""
	where = "/".join(quote(part, safe="") for part in (doctype, name) if part)
	return f"resource/{where}" if version == 1 else f"v2/document/{where}"


def _request(verb: str, path: str, values, query: dict) -> Request:
	body = values if isinstance(values, str) else json.dumps(values or {})
	texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in query.items()}
	has_body = values is not None or verb != "GET"
	return Request(
		EnvironBuilder(
			path=f"/api/{path}",
			method=verb,
			query_string=texts,
			data=body.encode() if has_body else None,
			content_type="application/json" if has_body else None,
			headers={"Accept": "application/json"},
		).get_environ()
	)


def _answer(request: Request) -> Answer:
	local = frappe.local
	local.request, local.is_ajax = request, False
	local.response, local.message_log = frappe._dict({"docs": []}), []
	local.error_log, local.debug_log = [], []
	committing, frappe.db.commit = frappe.db.commit, _refuse_to_commit
	rolling_back, frappe.db.rollback = frappe.db.rollback, partial(_roll_back, frappe.db.rollback)
	error = None
	try:
		make_form_dict(request)
		response = frappe.api.handle(request)
	except Exception as problem:
		error = problem
		if frappe.db.db_type == "postgres":
			# where a statement failed, Postgres answers nothing more until it is rolled back
			frappe.db.rollback(save_point=STEP)
		response = handle_exception(problem)
	finally:
		frappe.db.commit, frappe.db.rollback = committing, rolling_back
		del local.request
	return Answer(response.status_code, response.get_data(as_text=True), error)


def _refuse_to_commit():
	raise Committed


def _roll_back(rollback, *, save_point: str | None = None):
	"""Take back what the request has done so far, not what the test did before it."""
	rollback(save_point=save_point or STEP)
