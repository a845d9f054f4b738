"""Send requests as a given user to Frappe's WSGI application."""

import json
from dataclasses import dataclass

import frappe.app
from werkzeug.test import Client

from tests.permissions.doors import Request
from tests.permissions.world import Record


@dataclass(frozen=True)
class Answer:
	status: int
	text: str

	@property
	def is_refused(self) -> bool:
		return 400 <= self.status < 500

	def contains(self, token: str) -> bool:
		return token in self.text

	def labels(self, records: list[Record]) -> set[str]:
		"""Return the labels of the records whose titles are in the answer."""
		return {record.label for record in records if self.contains(record.token)}

	def message(self):
		"""Return a method's result, or None if it was refused."""
		return json.loads(self.text).get("message") if self.status == 200 else None

	def number(self) -> int | None:
		"""Return the number that a counting door answered, or None."""
		message = self.message()
		return int(message) if isinstance(message, int | float) else None


def send(keys: dict[str, str], key: str, request: Request) -> Answer:
	"""Send a request as one of the world's people; `keys` are their Authorization headers."""
	headers = {"Accept": "application/json"} | ({"Authorization": keys[key]} if key in keys else {})
	values = {"query_string" if request.method == "GET" else "data": request.values}
	if request.as_json:
		values = {"json": request.values}
	client = Client(frappe.app.application, use_cookies=False)
	response = client.open(request.path, method=request.method, headers=headers, **values)
	try:
		# some doors answer with a file
		return Answer(response.status_code, response.get_data().decode(errors="replace"))
	finally:
		response.close()
