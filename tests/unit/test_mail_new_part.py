"""The new part of a mail is what its sender typed: without quotations, their headers and the signature."""

import pytest
from mailparser_reply.constants import MAIL_LANGUAGES

from crm_interactions.capture import languages
from crm_interactions.capture import new_part as module
from crm_interactions.capture.forwarding import is_forward_subject
from crm_interactions.capture.html_text import MOST_UNCLOSED, text_of_mail
from crm_interactions.capture.new_part import new_part

ANSWER = "Yes, 5 pieces.\n\n- one\n- two"
MEGABYTE = 1_000_000

# above lines with >, or in HTML
HEADERS = {
	"Gmail, en": "On Mon, Jun 5, 2023 at 4:43 PM Ana <ana@example.com> wrote:",
	"Apple, en": "On 5 Jun 2023, at 16:43, Ana <ana@example.com> wrote:",
	"Thunderbird, en": "On 6/5/23 16:43, Ana Horvat wrote:",
	"Gmail, hr": "pon, 5. lip 2023. u 16:43 Ana Horvat <ana@example.com> napisala je:",
	"Gmail, hr, wrapped": "čet, 15. lip 2023. u 21:55 Ana Horvat\n<ana@example.com> napisao je:",
	"Gmail, hr, other order": "uto, 30. tra 2019. 14:39 Ana <ana@example.com> je napisao:",
	"Apple, hr": "Dana 5. lip 2023., u 16:43, Ana <ana@example.com> je napisao/la:",
	"KMail, hr": "Dana ponedjeljak 5. lipnja 2023. 16:43, Ana Horvat je napisao/la:",
	"Thunderbird, hr": "05. 06. 2023. u 16:43, Ana Horvat piše:",
	"Gmail, sl": "V pon., 5. jun. 2023 ob 16:43 je oseba Ana Novak <ana@example.com> napisala:",
	"Gmail, sl, doubled": "V V sre., 13. dec. 2023 ob 14:42 je oseba Ana <ana@example.com> napisal(a):",
	"Yahoo, sl": "Dne petek, 15. november 2019 00:01:38 GMT+1 je uporabnik Ana Novak <ana@example.com> napisal:",
	"KMail, sl, wrapped": "Dne ponedeljek, 29. julij 2019 ob 20:51:08 CEST je Ana Novak\nnapisal(a):",
	"Thunderbird, sl": "Ana Novak je 5. 06. 2023 ob 16:43 napisal:",
	"Gmail, ru": "ср, 30 апр. 2025 г. в 15:19, Анна Орлова <anna@example.com>:",
	"Apple, ru": "5 июн. 2023 г., в 16:43, Анна Орлова <anna@example.com> написал(а):",
	"Outlook for Mac, ru": '05/06/2023, 16:43 пользователь "Анна Орлова" <anna@example.com> написал:',
	"Thunderbird, ru": "05.06.2023 16:43, Анна Орлова пишет:",
	"K-9, ru": "15 сентября 2020 г. 14:50:52 GMT+03:00, Анна <anna@example.com> пишет:",
	"Claws, ru": "В Fri, 19 Jul 2019 10:36:30 +0900\nАнна Орлова <anna@example.com> пишет:",
	"Mail.ru": "Понедельник, 5 июня 2023, 16:43 +03:00 от Анна Орлова <anna@example.com>:",
	"Yandex": '05.06.2023, 16:43, "Анна Орлова" <anna@example.com>:',
	"Gmail, de": "Am Mo., 5. Juni 2023 um 16:43 Uhr schrieb Ana Horvat <ana@example.com>:",
	"Thunderbird, de": "Am 05.06.23 um 16:43 schrieb Ana Horvat:",
	"Gmail, fr": "Le lun. 5 juin 2023 à 16:43, Ana <ana@example.com> a écrit :",
	"Gmail, it": "Il giorno lun 5 giu 2023 alle ore 16:43 Ana <ana@example.com> ha scritto:",
	"Gmail, es": "El lun, 5 jun 2023 a las 16:43, Ana (<ana@example.com>) escribió:",
	"Gmail, nl": "Op ma 5 jun 2023 om 16:43 schreef Ana <ana@example.com>:",
	"Gmail, pl": "pon., 5 cze 2023 o 16:43 Ana Nowak <ana@example.com> napisał(a):",
	"Gmail, cs": "po 5. 6. 2023 v 16:43 odesílatel Ana <ana@example.com> napsal:",
}
# Outlook's, above the whole rest of the mail
BLOCKS = {
	"hr": "Od: Ana <ana@example.com>\nPoslano: ponedjeljak, 5. lipnja 2023. 16:43\nPrima: Joe\nPredmet: Ponuda",
	"sl": "Od: Ana <ana@example.com>\nPoslano: ponedeljek, 5. junij 2023 16:43\nZa: Joe\nZadeva: Ponudba",
	"ru": "От: Анна <anna@example.com>\nОтправлено: 5 июня 2023 г. 16:43\nКому: Joe\nТема: Счёт",
	"ru, for Mac": "От: Анна <anna@example.com>\nДата: понедельник, 5 июня 2023 г. в 16:43\nКому: joe@example.org",
	"en, bold": "*From:* Ana <ana@example.com>\n*Sent:* Monday, June 5, 2023\n*To:* Joe\n*Subject:* Offer",
	"en, old": "-----Original Message-----\nFrom: Ana\nSent: Monday, June 5, 2023",
	"de, old": "-----Ursprüngliche Nachricht-----\nVon: Ana\nGesendet: Montag, 5. Juni 2023\nAn: Joe\nBetreff: Angebot",
	"hr, old": "-----Izvorna poruka-----\nŠalje: Ana\nDatum: 5. lipnja 2023. 16:43",
	"mobile": f"{'_' * 32}\nFrom: Ana <ana@example.com>\nSent: Monday, June 5, 2023 4:43:00 PM\nTo: Joe",
}
SIGNATURES = (
	*("-- \nAna", "--\nAna", "Best regards,\nAna", "Mit freundlichen Grüßen\nAna", "Lijep pozdrav,\nAna"),
	*("S poštovanjem\nAna", "Srdačan pozdrav\n\nAna", "Lp,\nAna", "Pozdrav,\nAna", "Hvala i pozdrav\nAna"),
	*("Lep pozdrav\nAna", "S spoštovanjem,\nAna", "С уважением,\nАнна", "Всего доброго\nАнна"),
	*("Sent from my iPhone", "Get Outlook for iOS<https://example.com>", "Poslano s mog iPhonea"),
	*("Poslano z mojega iPhona", "Отправлено с iPhone", "Отправлено из мобильной Почты Mail"),
)


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
def test_the_answer_above_a_quotation_is_new(header):
	assert new_part(f"{ANSWER}\n\n{header}\n\n> Old\n>\n> text\n") == ANSWER
	assert new_part(f"{ANSWER}\n\n{header}\n\nOld\n\ntext\n") == ANSWER


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
def test_the_answer_below_a_quotation_is_new(header):
	assert new_part(f"{header}\n> Old\n> text\n\n{ANSWER}\n") == ANSWER


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
def test_the_answer_above_a_block_is_new(block):
	assert new_part(f"{ANSWER}\r\n\r\n{block}\r\n\r\nOld\r\n".replace("\r\n", "\n")) == ANSWER
	assert new_part(f"{ANSWER}\n\n{block}\n\nOld\n".replace("\n", "\r\n")) == ANSWER


def test_answers_between_quoted_lines_are_new():
	text = f"Hello,\n\n{HEADERS['Gmail, hr']}\n> How many?\n\nFive.\n\n>> When?\n> Where?\nAt noon.\n\n-- \nAna\n> end"
	assert new_part(text) == "Hello,\n\nFive.\n\nAt noon."


@pytest.mark.parametrize("signature", SIGNATURES)
def test_signatures_are_removed(signature):
	assert new_part(f"Dobar dan,\n\n{ANSWER}\n\n{signature}\n+385 91 555 0107") == f"Dobar dan,\n\n{ANSWER}"
	assert new_part(f"{ANSWER}\n\n{signature}\n\n{HEADERS['Gmail, en']}\n> Old") == ANSWER


@pytest.mark.parametrize(
	"text",
	[
		*(ANSWER, "One line", "Pozdrav,\nkad stiže roba?", "Prices:\n10 EUR\n20 EUR", "Time: 10:30"),
		*(
			"Please note:\n- 5 pieces\n- 10 boxes",
			"Thank you for the price list, please send us the next one, too.",
		),
		*("Od: Zagreb\nDo: Split", "Meet at 16:30:\n- room 5", "  indented\n    more", "a < b > c"),
		"On Monday I wrote:\nno header",
	],
)
def test_text_without_quotation_and_signature_is_whole(text):
	assert new_part(text) == text


@pytest.mark.parametrize(
	"text",
	["> quoted only", "--\nAna", f"{BLOCKS['hr']}\n\nOld", f"{HEADERS['Gmail, en']}\n> Old", "", "\n \n"],
)
def test_text_that_would_be_empty_is_whole(text):
	assert new_part(text) == text.strip()


@pytest.mark.parametrize(
	"line",
	[
		*("---------- Forwarded message ---------", "-------- Proslijeđena poruka --------"),
		*("-------- Posredovano sporočilo --------", "-------- Перенаправленное сообщение --------"),
		*("Begin forwarded message:", "> Započni proslijeđenu poruku:", "Début du message réexpédié :"),
	],
)
def test_a_forwarded_mail_is_whole(line):
	text = f"See below.\n\n-- \nAna\n\n{line}\n{BLOCKS['hr']}\n\nOld\n> older"
	assert new_part(text) == text
	assert new_part(f"{ANSWER}\n\n{HEADERS['Gmail, en']}\n> {text}") == ANSWER, (
		"an answer to a forwarded mail"
	)


def test_a_mail_with_the_subject_of_a_forwarded_mail_is_whole():
	"""Outlook writes the same block above forwarded and quoted mail."""
	text = f"See below.\n\n{BLOCKS['en, bold']}\n\nOld"
	assert new_part(text, subject="FW: Offer") == text
	assert new_part(text, subject="Re: FW: Offer") == "See below."


@pytest.mark.parametrize(
	"subject", ["Fwd: Offer", "fw: x", "WG: Angebot", "TR : Offre", "PD: Oferta", "Fwd: Re: x"]
)
def test_subjects_of_forwarded_mail_are_recognized(subject):
	assert is_forward_subject(subject)


@pytest.mark.parametrize("subject", ["", "Offer", "Re: Fwd: Offer", "Forward", "Firma: x", "Odg: x"])
def test_other_subjects_are_not(subject):
	assert not is_forward_subject(subject)


HTML = {
	"Gmail": (
		'<div>Yes.</div><br><div class="gmail_quote"><div class="gmail_attr">dnia 5 Ana:<br></div>'
		'<blockquote class="gmail_quote">Old<br>text</blockquote></div>',
		"Yes.",
	),
	"Gmail, below": (
		'<div class="gmail_quote">On 5, Ana:<blockquote>Old</blockquote></div><p>Yes.</p>',
		"Yes.",
	),
	"Gmail, indented": ('<p>a</p><blockquote style="margin:0 0 0 40px;border: none">b</blockquote>', "a\nb"),
	"Gmail, forwarded": (
		'<div>See.</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>'
		"From: Ana</div><blockquote>Old</blockquote></div>",
		"See.\n---------- Forwarded message ---------\nFrom: Ana\nOld",
	),
	"Thunderbird": (
		'<p>Hi</p><div class="moz-cite-prefix">Ana:</div><blockquote type="cite"><p>Old</p></blockquote><p>Yes.</p>'
		'<blockquote type="cite">x<br></blockquote>No.',
		"Hi\nYes.\nNo.",
	),
	"Outlook for the web": (
		'<div>Yes.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Od:</b> Ana</div><div>Old</div>',
		"Yes.",
	),
	"Outlook": ('<p>Yes.</p><div class="OutlookMessageHeader">Von: Ana</div><p>Old</p>', "Yes."),
	"Apple": ('<div>Yes.<br><blockquote type="cite"><div>On 5, Ana:</div>Old</blockquote></div>', "Yes."),
	"Yahoo": ('<div>Yes.</div><div id="yahoo_quoted_1">On 5<div>Old</div></div>', "Yes."),
	"unclosed": ("<p>Yes.</p><blockquote><b>Old<p>text", "Yes."),
	"closed twice": ("</blockquote></div><p>Yes.</p></p>", "Yes."),
	"comments": ("<!--[if mso]><p>Old</p><![endif]--><p>Yes.</p><!-- unclosed <p>", "Yes."),
	"nothing": (None, ""),
}


@pytest.mark.parametrize(("html", "text"), HTML.values(), ids=HTML.keys())
def test_quoted_elements_are_not_new(html, text):
	assert new_part(text_of_mail(html)) == text


def test_many_unclosed_tags_are_text():
	"""Python's parser takes time that grows with the square of their number, and hours for 1 MB."""
	tags = "<a " * (MOST_UNCLOSED + 1)
	assert text_of_mail(tags) == tags.strip()
	assert text_of_mail('<a title="a < b">Yes.</a>') == "Yes."


class Counter:
	"""Stands for one of the library's expressions and counts the text that it is applied to; matches nothing."""

	def __init__(self):
		self.texts: list[str] = []

	def match(self, text: str) -> None:
		self.texts.append(text)

	search = match


HOSTILE = {
	"blank lines": "\n" * MEGABYTE,
	"blank lines below text": f"a{chr(10) * MEGABYTE}b",
	"one line": f"On {'a ' * (MEGABYTE // 2)}",
	"spaces": f"a{' ' * MEGABYTE}b",
	"headers": f"Am 1 {'schrieb ' * 23}x:\n" * (MEGABYTE // 190),
	"wrapped headers": f"On 1 {'a ' * 40}\nwrote:\n" * (MEGABYTE // 95),
	"blocks": f"From: 1 {' * ' * 60}\nTo:\n" * (MEGABYTE // 190),
	"signatures": f"Odesláno z mého {'a' * 40}!\n" * (MEGABYTE // 58),
	"disclaimers": "Warning: mail " * (MEGABYTE // 14),
	"quoted lines": ">\n" * (MEGABYTE // 2),
	"short lines": "1:\n" * (MEGABYTE // 3),
	"rules": f"{'_' * 60}\n" * (MEGABYTE // 61),
	"addresses": "1 <@" * (MEGABYTE // 4),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_librarys_expressions_search_little_of_long_text(monkeypatch, text):
	"""Their time grows with the square of a text or more: it matters how often, and to how long texts, they are applied."""
	header, signature = Counter(), Counter()
	monkeypatch.setattr(module, "_expressions", lambda languages: (header, signature))
	new_part(text)
	assert sum(map(module.effort, header.texts)) <= module.MOST_EFFORT
	assert max(map(len, header.texts), default=0) <= (module.LONGEST_FIELD + 1) * module.BLOCK_LINES
	assert len(signature.texts) <= module.MOST_LINES
	assert max(map(len, signature.texts), default=0) <= module.LONGEST_SIGNATURE + len("\n\n\n")


def test_lines_beyond_the_limit_are_kept_unless_quoted():
	lines = "\n".join(f"line {number}" for number in range(module.MOST_LINES))
	assert new_part(f"{lines}\n-- \nAna\n> Old") == f"{lines}\n--\nAna"


def test_the_librarys_own_languages_stay(monkeypatch):
	own = {"wrote_header": "own"}
	monkeypatch.setitem(MAIL_LANGUAGES, "hr", own)
	languages.add_languages()
	assert MAIL_LANGUAGES["hr"] is own
	assert {*languages.LANGUAGES["sl"]} == {*MAIL_LANGUAGES["en"]}, "the same keys"
