"""Croatian, Slovenian and Russian for `mailparser_reply`, which lacks them. Imports no Frappe.

The entries have the form of the library's own table, so they could be part of it, and they yield to it if it has the
language. They may go then.
"""

from mailparser_reply.constants import MAIL_LANGUAGES, QUOTED_MATCH_INCLUDE

# the rest of a line and, if it is wrapped, the next
WRAPPED = r".*(?:\n.*)?"


def wrote_header(*lines: str) -> str:
	"""Return the expression of a line that introduces a quotation, which may be wrapped once."""
	return rf"^({QUOTED_MATCH_INCLUDE}(?:{'|'.join(lines)}):)$"


def from_header(*fields: str) -> str:
	"""Return the expression of a block of at least two header fields above a quotation."""
	names = "|".join(fields)
	start = rf"(?:^|\n|\n{QUOTED_MATCH_INCLUDE})"
	return rf"((?:{start}[* ]*(?:{names}):[ *]*(?:\s{{,2}}).*){{2,}}(?:\n.*){{,1}})"


# Each kind of line is followed by the programs that write it.
LANGUAGES: dict[str, dict[str, str | list[str]]] = {
	"hr": {
		"wrote_header": wrote_header(
			# Gmail: pon, 5. lip 2023. u 16:43 Ana Horvat <ana@example.com> napisala je
			# Apple Mail, KMail: Dana 5. lip 2023., u 16:43, Ana Horvat <ana@example.com> je napisao/la
			rf"(?:Dana )?(?:(?:pon|uto|sri|čet|pet|sub|ned)\w*[.,]* )?\d{WRAPPED}\snapisa(?:o|la)(?:/la|\(la\))?(?: je)?",
			# Thunderbird: 05. 06. 2023. u 16:43, Ana Horvat piše
			rf"\d{WRAPPED}\spiše",
		),
		# Outlook, Apple Mail, Thunderbird
		"from_header": from_header(
			*("Od", "Šalje", "Poslano", "Datum", "Prima", "Za", "Predmet", "Naslov", "Kopija", "Cc")
		),
		"disclaimers": ["Napomena:", "Upozorenje:", "Povjerljivo:", "Izjava o odricanju odgovornosti:"],
		"signatures": [
			"S poštovanjem",
			"Srdačno[,.!]?$",
			r"(?:(?:Lijep|Lijepi|Srdačan|Srdačni|Topli|Hvala i) )?pozdrav(?:i)?[,.!]?$",
			r"L\.?p\.?[,.!]?$",
		],
		"sent_from": r"Poslano s (?:mog|mojeg|uređaja)|Poslano iz (?:aplikacije|programa|Outlooka)|Nabavite Outlook za",
	},
	"sl": {
		"wrote_header": wrote_header(
			# Gmail: V pon., 5. jun. 2023 ob 16:43 je oseba Ana Novak <ana@example.com> napisala
			# Yahoo, KMail: Dne ponedeljek, 5. junij 2023 ob 16:43:08 CEST je Ana Novak napisal(a)
			rf"(?:V|Dne) (?=.*\d)(?={WRAPPED}\sje\s){WRAPPED}\snapisal(?:a|\(a\))?",
			# Thunderbird: Ana Novak je 5. 06. 2023 ob 16:43 napisal
			rf"(?=.*\sje\s\d)(?=.*\sob\s\d){WRAPPED}\snapisal(?:a|\(a\))?",
		),
		# Outlook, Thunderbird
		"from_header": from_header("Od", "Poslano", "Datum", "Za", "Zadeva", "Kp", "Cc"),
		"disclaimers": ["Opozorilo:", "Opomba:", "Zaupno:", "Izjava o omejitvi odgovornosti:"],
		"signatures": [
			"S spoštovanjem",
			r"(?:(?:Lep|Lepi|Prijazen|Prisrčen|Hvala in lep) )?pozdrav(?:i)?[,.!]?$",
			r"L\.?p\.?[,.!]?$",
		],
		"sent_from": r"Poslano [sz] (?:mojega|mojeg|naprave)|Poslano iz (?:aplikacije|programa|Outlooka)|Prenesite Outlook za",
	},
	"ru": {
		"wrote_header": wrote_header(
			# Apple Mail: 5 июня 2023 г., в 16:43, Анна Орлова <anna@example.com> написал(а)
			# Outlook for Mac: 05.06.2023, 16:43 пользователь "Анна Орлова" <anna@example.com> написал
			# Thunderbird: 05.06.2023 16:43, Анна Орлова пишет
			# Gmail: пн, 5 июн. 2023 г. в 16:43, Анна Орлова <anna@example.com>
			# Mail.ru: Понедельник, 5 июня 2023, 16:43 +03:00 от Анна Орлова <anna@example.com>
			rf"(?:(?:В )?[^\W\d_]{{2,11}}, )?\d{WRAPPED}(?:\sнаписал(?:а|\(а\))?|\sпишет|<[^<>\s]+@[^<>\s]+>)",
		),
		# Outlook, Apple Mail, Thunderbird
		"from_header": from_header(
			*("От", "От кого", "Отправитель", "Отправлено", "Дата", "Кому", "Копия", "Тема", "Cc")
		),
		"disclaimers": [
			"Внимание:",
			"Предупреждение:",
			"Конфиденциально:",
			"Уведомление о конфиденциальности:",
		],
		"signatures": ["С уважением", "С наилучшими пожеланиями", "Всего доброго", "Всего наилучшего"],
		"sent_from": r"Отправлено (?:с|из)|Скачать Outlook для",
	},
}


def add_languages() -> None:
	"""Add the languages to the library's table, except those that it has."""
	for code, expressions in LANGUAGES.items():
		MAIL_LANGUAGES.setdefault(code, expressions)
