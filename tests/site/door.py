"""Requests to Frappe's REST interface inside the test's own process and transaction.

Frappe routes each request, reads its arguments, checks their types and words its refusals, as in the web server. Only
the login and the commit at the end are left out.
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
	"""A commit in the middle of a request; a BaseException, so that no handler catches it."""


@dataclass
class Answer:
	"""The response to a request, and the exception behind a refusal."""

	status: int
	text: str
	error: Exception | None

	@property
	def messages(self) -> list[str]:
		"""Return the messages that the Desk shows as HTML, including `messages` and `errors` of version 2."""
		sent = json.loads(self.text)
		found = [json.loads(message) for message in json.loads(sent.get("_server_messages") or "[]")]
		found += [*sent.get("messages", []), *sent.get("errors", [])]
		return [str(message["message"]) for message in found if "message" in message]

	@property
	def refused(self) -> bool:
		return 400 <= self.status < 500


def call(verb: str, path: str, values=None, *, keep: bool = False, **query) -> Answer:
	"""Send a request, and undo its changes unless it succeeds and `keep` is set.

	Args:
		path: below /api/.
		values: the body, sent as JSON; a string is sent unchanged.
		query: query parameters; values other than strings are sent as JSON.
	"""
	frappe.db.savepoint(STEP)
	answer = _answer(_request(verb, path, values, query))
	if not keep or answer.error:
		undo()
	return answer


def undo() -> None:
	"""Roll back the last request, and clear the document caches."""
	frappe.db.rollback(save_point=STEP)
	frappe.local.document_cache = {}
	frappe.db.value_cache.clear()


def at(doctype: str, name: str | None = None, version: int = 1) -> str:
	"""Return the path of a document, or of a DocType without `name`, in a version of the REST interface."""
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
			# after a failed statement, Postgres refuses all others until a rollback
			frappe.db.rollback(save_point=STEP)
		response = handle_exception(problem)
	finally:
		frappe.db.commit, frappe.db.rollback = committing, rolling_back
		del local.request
	return Answer(response.status_code, response.get_data(as_text=True), error)


def _refuse_to_commit():
	raise Committed


def _roll_back(rollback, *, save_point: str | None = None):
	"""Roll back to the start of the request at most, so that the test's own records stay."""
	rollback(save_point=save_point or STEP)
