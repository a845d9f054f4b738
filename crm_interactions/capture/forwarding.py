"""Recognition of forwarded mail by subject or text. Imports no Frappe."""

import re

# the prefixes of Outlook's and other programs' translations
SUBJECT = re.compile(
	r"\s*(?:fwd?|wg|tr|rv|vs|vb|vl|pd|enc|i|doorst|prosl|proslijeđeno|пересл|i̇lt)\s?:", re.IGNORECASE
)
# Gmail doesn't translate it; of the others: German, Spanish, French, Croatian, Italian, Dutch, Polish, Russian, Slovenian, Czech
TITLES = (
	*("Forwarded message", "Weitergeleitete Nachricht", "Mensaje reenviado", "Message transféré"),
	*("Message transmis", "Proslijeđena poruka", "Messaggio inoltrato", "Doorgestuurd bericht"),
	*("Przekazana wiadomość", "Treść przekazanej wiadomości", "Перенаправленное сообщение"),
	*("Пересылаемое сообщение", "Пересланное сообщение", "Posredovano sporočilo", "Přeposlaná zpráva"),
)
# Apple Mail
OPENINGS = (
	*("Begin forwarded message", "Anfang der weitergeleiteten Nachricht", "Inicio del mensaje reenviado"),
	*("Début du message réexpédié", "Début du message transféré", "Započni proslijeđenu poruku"),
	*("Inizio messaggio inoltrato", "Begin doorgestuurd bericht", "Początek przekazywanej wiadomości"),
	*("Начало переадресованного сообщения", "Začátek přeposílané zprávy"),
)
LINE = re.compile(
	rf"(?:> ?)?(?:-{{3,10}} ?(?:{'|'.join(TITLES)}) ?-{{3,10}}|(?:{'|'.join(OPENINGS)})\s?:)", re.IGNORECASE
)
# the longest line above
LONGEST = 60


def is_forward_subject(subject: str) -> bool:
	"""Return whether the first prefix of a subject is that of a forwarded mail."""
	return bool(SUBJECT.match(subject))


def opens_forward(line: str) -> bool:
	"""Return whether a line without surrounding spaces introduces a forwarded mail."""
	return len(line) <= LONGEST and bool(LINE.fullmatch(line))
