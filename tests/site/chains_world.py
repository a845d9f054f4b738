"""Chains with several activities, offers and results."""

from datetime import datetime, timedelta
from random import Random

from crm_interactions.chains import closing
from crm_interactions.chains.results import Result
from tests.site.factories import interaction, partner

START = datetime(2025, 1, 1, 9)
CATEGORIES = ("Trade Negotiations", "Trade Negotiations", "Customer Acquisition", None)
OUTCOMES = (None, None, "Successful", "Offer Sent")
RESULTS = ("Won", "Won", "Lost", "No Decision", "Resolved", None, None)


def create_chains(number: int = 90) -> None:
	"""Create chains that started in 2025 and a few days before, with one to four calls each."""
	rng, of = Random(8), partner("Alfa")  # noqa: S311  test data
	for place in range(number):
		moment = START + timedelta(days=rng.randrange(-10, 300), seconds=place)
		category, chain = rng.choice(CATEGORIES), None
		for _step in range(rng.choice((1, 2, 3, 4))):
			call = interaction(
				of,
				chain=chain,
				category=category,
				direction=rng.choice(("Incoming", "Outgoing")),
				outcome=rng.choice(OUTCOMES),
				starts_on=str(moment),
			)
			chain = call.chain
			moment += timedelta(days=rng.choice((0, 1, 3, 10, 40)), hours=rng.randrange(1, 9))
		result = rng.choice(RESULTS)
		if result:
			closing.close(chain, closed_on=moment, ended=Result(result))
		elif rng.random() < 0.3:
			closing.close(chain, closed_on=moment)
