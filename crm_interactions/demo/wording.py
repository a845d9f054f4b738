"""Texts, numbers and dates in the format of each language. Imports no Frappe."""

from datetime import date
from random import Random

from crm_interactions.demo import story

# approximate rates, for plausible amounts
PER_EURO = {"EUR": 1, "PLN": 4.3, "RUB": 95, "GBP": 0.86}
SYMBOLS = {"EUR": "€", "PLN": "zł", "RUB": "₽", "GBP": "£"}
MONTHS = (
	"January February March April May June July August September October November December".split()  # noqa: SIM905
)
NO_BREAK = "\u00a0"


def amount_of(family: str, quantity: int, currency: str) -> float:
	"""Return the price of a quantity, in whole units of the currency."""
	return float(round(story.load("products")[family]["price"] * quantity * PER_EURO[currency]))


class Wording:
	"""Fills in the texts of one chain; `number` is the last part of its offer, order and invoice numbers."""

	def __init__(self, partner: story.Partner, scenario: str, number: str, rng: Random) -> None:
		self.partner = partner
		self.style = story.load("languages")[partner.language]
		self.texts = story.load(f"texts/{partner.language}")[scenario]
		definition = story.load("scenarios")[scenario]
		self.family = definition["family"]
		self.model = rng.choice(story.load("products")[self.family]["models"])
		self.quantity = rng.randint(*definition["quantity"])
		self.discount = rng.choice((3, 4, 5, 6, 7, 8))
		self.amount = amount_of(self.family, self.quantity, partner.currency)
		self.discounted = float(round(self.amount * (100 - self.discount) / 100))
		self.number = number

	@property
	def reason(self) -> str:
		return self.texts["reason"]

	def product(self, kind: str = "") -> str:
		"""Return the product's name with its model number, or for the kind Competitor's a competitor's product."""
		if kind == "Competitor's":
			return self.style["products"]["competitor"]
		return f"{self.style['products'][self.family]} {self.model}"

	def step(self, index: int, next_day: date | None) -> tuple[str, str]:
		"""Return title and note of a past step; KeyError if its text announces the next step and `next_day` is None."""
		values = self._values(next_day)
		return tuple(_tidy(text.format(**values)) for text in self.texts["steps"][index])

	def plan(self, index: int, kind: str, rng: Random) -> tuple[str, str]:
		"""Return title and random note of a planned step; a partner's step (kind `planned`) gets a generic title."""
		note = rng.choice(self.style["plans"][kind])
		if kind == "planned":
			return self.style["next_title"].format(reason=self.reason), note
		return _tidy(self.texts["steps"][index][0].format(**self._values(None))), note

	def _values(self, next_day: date | None) -> dict[str, str]:
		return {
			"model": self.model,
			"qty": f"{self.quantity}{NO_BREAK}{self.style['unit']}",
			"amount": self._money(self.amount),
			"discounted": self._money(self.discounted),
			"discount": self.style["percent"].format(n=self.discount).replace(" ", NO_BREAK),
			"offer": f"2{self.number}",
			"order": f"5{self.number}",
			"invoice": f"8{self.number}",
			**({"next": self._date(next_day)} if next_day else {}),
		}

	def _money(self, value: float) -> str:
		number = f"{value:,.0f}".replace(",", self.style["thousands"])
		text = self.style["money"].format(n=number, s=SYMBOLS[self.partner.currency])
		return text.replace(" ", NO_BREAK)

	def _date(self, day: date) -> str:
		text = self.style["date"].format(d=day.day, m=day.month, y=day.year, month=MONTHS[day.month - 1])
		return text.replace(" ", NO_BREAK)


def _tidy(text: str) -> str:
	"""Remove the second full stop after a date or abbreviation that ends a sentence."""
	return text.replace("..", ".")
