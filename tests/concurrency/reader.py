"""Run the app's reports as requests, then one in the background, on a site with a replica; print what each server did.

Args: the site, the sockets of primary and replica, a chain. The output is JSON: title → {primary, replica}, each with
`selects`, statements of SELECT, and `tables`, the app's tables of which rows were read.
"""

import json
import sys

import frappe
from frappe.app import application
from frappe.core.doctype.prepared_report.prepared_report import generate_report
from frappe.utils.password import update_password
from werkzeug.test import Client

from tests.concurrency.replication import ask

SITE, PRIMARY, REPLICA, CHAIN = sys.argv[1:]
PASSWORD = "replica-7-reader"
TABLES = ("tabActivity Link", "tabInteraction Chain", "tabInteraction", "tabMeeting")
RUN = "frappe.desk.query_report.run"
NOTHING = "frappe.auth.get_logged_user"


def main() -> None:
	connect()
	update_password("Administrator", PASSWORD)
	reports = frappe.get_all(
		"Report", {"module": "CRM Interactions", "report_type": "Script Report"}, pluck="name"
	)
	frappe.db.commit()
	frappe.destroy()
	client, headers = Client(application), {"X-Frappe-Site-Name": SITE}
	login = {"usr": "Administrator", "pwd": PASSWORD}
	assert client.post("/api/method/login", data=login, headers=headers, buffered=True).status_code == 200

	def request(method: str, **values) -> int:
		# a buffered answer is closed, so that the request ends as on a server
		answer = client.get(f"/api/method/{method}", query_string=values, headers=headers, buffered=True)
		assert answer.status_code == 200, answer.text
		return len((answer.json["message"] or {}).get("result", ())) if method == RUN else 0

	filters = {"Negotiation Summary": {"chain": CHAIN}, "Silent Partners": {"days": 0}}
	for name in reports:  # caches
		request(RUN, report_name=name, filters=json.dumps(filters.get(name, {})))
	found = {"nothing": measured(lambda: request(NOTHING))}
	for name in reports:
		found[name] = measured(
			lambda name=name: request(RUN, report_name=name, filters=json.dumps(filters.get(name, {})))
		)
	found["in the background"] = measured(prepare)
	print(json.dumps(found))


def connect() -> None:
	frappe.init(site=SITE, sites_path=".", force=True)
	frappe.connect()
	frappe.set_user("Administrator")


def prepare() -> int:
	"""Run a report as the worker does after *Prepared Report* has enqueued it; return its rows."""
	connect()
	about = {
		"doctype": "Prepared Report",
		"report_name": "Winning by Group",
		"filters": "{}",
		"status": "Queued",
	}
	doc = frappe.get_doc(about)
	doc.name = frappe.generate_hash(length=10)
	doc.db_insert()
	frappe.db.commit()
	frappe.set_user("Administrator")
	generate_report(doc.name)
	frappe.db.commit()
	doc.reload()
	assert doc.status == "Completed", doc.error_message
	rows = len(json.loads(doc.get_prepared_data())["result"])
	frappe.destroy()
	return rows


def measured(call) -> dict:
	"""Return the rows of a call's answer, and what both servers did meanwhile."""
	before = {title: selects(socket) for title, socket in SERVERS.items()}
	for socket in SERVERS.values():
		ask(socket, "flush table_statistics")
	rows = call()
	after = {title: selects(socket) for title, socket in SERVERS.items()}
	return {
		"rows": rows,
		**{
			title: {"selects": after[title] - before[title], "tables": tables(socket)}
			for title, socket in SERVERS.items()
		},
	}


def selects(place: str) -> int:
	((_name, number),) = ask(place, "show global status like 'Com_select'")
	return int(number)


def tables(place: str) -> list[str]:
	read = ask(place, "select table_name from information_schema.table_statistics where rows_read > 0")
	return sorted({name for (name,) in read} & {*TABLES})


SERVERS = {"primary": PRIMARY, "replica": REPLICA}

if __name__ == "__main__":
	main()
