"""Any sequence of link, unlink, undo, create, delete, rename, close and set subject keeps the journal consistent."""

import os
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

import frappe
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import seed as from_seed
from hypothesis.strategies import booleans, integers, just, lists, one_of, sampled_from, tuples

from crm_interactions.chains import closing, joining, splitting, subject, undoing
from tests.site.chain_checks import assert_consistent
from tests.site.factories import interaction, meeting, partner, partner_type
from tests.site.tier import choose

pytestmark = pytest.mark.records_only
SEQUENCES, RENAMES = choose((60, 7), (500, 60))  # RENAMES: minimum number for each kind of document
UNDONE = choose(15, 60)  # sequences in which each step is undone at once
PLACE, POINT = "sequence", "step"
DAYS = [f"2026-01-{day:02d} 10:00:00" for day in range(1, 11)] + ["2099-01-01 10:00:00"]

which = integers(min_value=0, max_value=7)
STEPS = one_of(
	tuples(just("create"), which, sampled_from(DAYS), booleans()),
	tuples(just("link"), which, which),
	tuples(just("link"), which, which),
	tuples(just("unlink"), which, booleans()),
	tuples(just("undo"), which),
	tuples(just("delete"), which),
	tuples(just("move"), which, sampled_from(DAYS)),
	tuples(just("close"), which),
	tuples(just("reopen"), which),
	tuples(just("rename"), sampled_from(["activities", "subjects", "parties"]), which),
	tuples(just("subject"), which, which, sampled_from(subject.SCOPES)),
)
QUIET = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


class Named(NamedTuple):
	"""DocType and current name of a document."""

	doctype: str
	name: str


@dataclass
class World:
	"""The documents of a sequence. Each step is a request of its own, and leaves no trace if it is refused."""

	subjects: list[Named]
	parties: list[Named]
	activities: list[Named] = field(default_factory=list)
	logs: list[str] = field(default_factory=list)
	renamed: Counter = field(default_factory=Counter)

	def do(self, step: tuple) -> None:
		name, *arguments = step
		frappe.db.savepoint(POINT)
		try:
			getattr(self, name)(*arguments)
		except frappe.ValidationError:
			frappe.db.rollback(save_point=POINT)
			frappe.local.message_log = []
		# the next request starts without cached documents
		frappe.local.document_cache = {}

	def create(self, number: int, day: str, in_chain: bool) -> None:
		make = meeting if number % 3 == 2 else interaction
		chain = self._chain(number) if in_chain and self.activities else None
		doc = make(self.parties[number % 2], starts_on=day, chain=chain, title=f"No. {len(self.activities)}")
		self.activities.append(Named(doc.doctype, doc.name))

	def link(self, one: int, other: int) -> None:
		done = joining.join(self._activity(one), self._activity(other), across_partners=True, reopen=True)
		self._remember(done)

	def unlink(self, number: int, with_followers: bool) -> None:
		self._remember(splitting.unlink(*self._activity(number), with_followers=with_followers))

	def undo(self, number: int) -> None:
		if self.logs:
			undoing.undo_entry(self.logs[-1 - number % len(self.logs)])

	def delete(self, number: int) -> None:
		one = self._activity(number)
		frappe.delete_doc(*one, delete_permanently=True)
		self.activities.remove(one)

	def move(self, number: int, day: str) -> None:
		doc = frappe.get_doc(*self._activity(number))
		doc.starts_on, doc.ends_on, doc.duration = day, None, 0
		doc.save()

	def rename(self, kind: str, number: int) -> None:
		known = getattr(self, kind)
		one = self._activity(number) if kind == "activities" else known[number % len(known)]
		new = f"{one.doctype} {kind} {self.renamed.total()}"
		# the Desk renames partners only; server code may rename any document
		frappe.rename_doc(*one, new, force=True, show_alert=False, rebuild_search=False)
		known[known.index(one)] = Named(one.doctype, new)
		self.renamed[kind] += 1

	def close(self, number: int) -> None:
		closing.close(self._chain(number), "Enough", cancel_planned=number % 2)

	def reopen(self, number: int) -> None:
		closing.reopen(self._chain(number))

	def subject(self, number: int, chosen: int, reach: str) -> None:
		new = self.subjects[chosen] if chosen < 3 else (None, None)
		if reach == "chain":
			self._remember(subject.set_for_chain(self._chain(number), *new))
		else:
			self._remember(subject.set_from(*self._activity(number), *new, reach=reach))

	def _activity(self, number: int) -> Named:
		if not self.activities:
			frappe.throw("There is no activity yet.")
		return self.activities[number % len(self.activities)]

	def _chain(self, number: int) -> str:
		activity_type, activity = self._activity(number)
		return frappe.db.get_value(activity_type, activity, "chain")

	def _remember(self, done: dict) -> None:
		if done["log"]:
			self.logs.append(done["log"])


@pytest.fixture
def run_sequences(monkeypatch):
	"""Return a function that draws sequences, and calls a check with a fresh world and the steps of each."""
	# after each rename Frappe reads the metadata of all DocTypes again, which takes 100 times as long as the rename;
	# no metadata changes here
	monkeypatch.setattr(frappe, "clear_cache", lambda *args, **kwargs: None)
	app = frappe.get_doc("CRM Interactions Settings")
	app.append("subject_types", {"subject_type": partner_type()})
	app.save()
	names = ["Deal 0", "Deal 1", "Deal 2", "Adriatic Trade", "Baltic Trade"]
	made = [Named(doc.doctype, doc.name) for doc in map(partner, names)]

	def run_all(check, seed: int, examples: int, shortest: int, longest: int):
		@from_seed(int(os.environ.get("CRM_SEED", seed)))
		@settings(max_examples=examples, **QUIET)
		@given(lists(STEPS, min_size=shortest, max_size=longest))
		def run(steps):
			frappe.db.savepoint(PLACE)
			try:
				world = World(made[:3], made[3:])
				for number, day in enumerate(DAYS[:3]):
					world.do(("create", number, day, False))
				check(world, steps)
			finally:
				frappe.db.rollback(save_point=PLACE)
				frappe.local.document_cache = {}

		run()

	return run_all


def test_any_sequence_of_steps_keeps_the_journal_consistent(run_sequences):
	renamed = Counter()

	def check(world, steps):
		for step in steps:
			world.do(step)
		assert_consistent()
		renamed.update(world.renamed)

	run_sequences(check, seed=1, examples=SEQUENCES, shortest=3, longest=12)
	assert all(renamed[kind] >= RENAMES for kind in ("activities", "subjects", "parties")), renamed


def test_undoing_a_step_at_once_restores_the_former_state(run_sequences):
	def check(world, steps):
		for step in steps:
			before, known = picture(), len(world.logs)
			world.do(step)
			if step[0] in ("link", "unlink", "subject") and len(world.logs) > known:
				undoing.undo_entry(world.logs[-1])
				assert picture(known=before) == before
				world.logs.pop()
				world.do(step)

	run_sequences(check, seed=2, examples=UNDONE, shortest=4, longest=10)


def picture(known: dict | None = None) -> dict:
	"""Return the values of chains and journal rows; with `known`, only of those in it."""
	fields = ["name", "chain", "previous", "subject_type", "subject"]
	rows = {
		("row", row.name): (row.chain, row.previous, row.subject_type or None, row.subject or None)
		for row in frappe.get_all("Activity Link", fields=fields, limit_page_length=0)
	}
	fields = ["name", "status", "merged_into", "party", "subject", "started_on", "last_activity_on"]
	fields += ["next_step_on", "activity_count", "close_reason"]
	chains = {
		("chain", chain.name): tuple(chain[field] or None for field in fields)
		for chain in frappe.get_all("Interaction Chain", fields=fields, limit_page_length=0)
	}
	return {key: value for key, value in {**rows, **chains}.items() if not known or key in known}
