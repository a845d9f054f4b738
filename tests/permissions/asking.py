"""Send requests as a given user to Frappe's WSGI application."""

import json
from dataclasses import dataclass

import frappe.app
from werkzeug.test import Client

from tests.permissions.doors import Request

REFUSED = range(400, 500)


@dataclass(frozen=True)
class Answer:
	status: int
	text: str

	def contains(self, token: str) -> bool:
		return token in self.text

	def message(self):
		"""Return a method's result, or None if it was refused."""
		return json.loads(self.text).get("message") if self.status == 200 else None

	def number(self) -> int | None:
		"""Return the number that a counting door answered, or None."""
		message = self.message()
		return int(message) if isinstance(message, int | float) else None


class Asker:
	def __init__(self, keys: dict[str, str]):
		self.keys = keys

	def __call__(self, key: str, request: Request) -> Answer:
		headers = {"Accept": "application/json"}
		if key in self.keys:
			headers["Authorization"] = self.keys[key]
		values = {"query_string": request.values} if request.method == "GET" else {"data": request.values}
		if request.as_json:
			values = {"json": request.values}
		client = Client(frappe.app.application, use_cookies=False)
		response = client.open(request.path, method=request.method, headers=headers, **values)
		try:
			# some doors answer with a file
			return Answer(response.status_code, response.get_data().decode(errors="replace"))
		finally:
			response.close()
