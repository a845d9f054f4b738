"""E-mails through Frappe's queue, with mends for two faults of `frappe.sendmail` in Frappe 15 and 16.

The subject is written into the HTML title unescaped, where libxml2 before 2.14 reads tags: a topic `x <img src=…` becomes
an image, and `a<b` hides the rest of the mail. Text such as `embed="site_config.json"` attaches that file of the server
(`EMBED_PATTERN`). The module may go when `standard.html` escapes its title and Frappe embeds only a caller's images.
"""

import re
from html import escape

from frappe.email.doctype.email_queue.email_queue import QueueBuilder
from frappe.utils.jinja import get_email_from_template

# keeps absence notices from being sent back: RFC 3834, 5, and Microsoft's MS-OXCMAIL, 2.2.3.2.14
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
EMBED = re.compile(r"embed=(?=[\"'])")


def queue_mail(template: str, args: dict, automatic: bool = False, **fields):
	"""Queue an e-mail and return its Email Queue, or [] without recipients, or None for an address that Frappe refuses.

	Args:
		template: name of a template in `templates/emails`.
		args: values of the template, as plain text.
		automatic: mark the e-mail as generated, so that mail servers send no absence notice.
		fields: further arguments of `frappe.sendmail`; `subject` is plain text.

	Raises: OutgoingEmailError if the site has no outgoing account.
	"""
	message, text = get_email_from_template(template, args)
	builder = _Builder(message=message, text_content=text, **fields)
	builder.headers = AUTOMATIC if automatic else {}
	return builder.process()


class _Builder(QueueBuilder):
	headers: dict[str, str]

	def email_html_content(self):
		subject, self.subject = self.subject, escape(self.subject)
		try:
			return EMBED.sub("embed&#61;", super().email_html_content())
		finally:
			self.subject = subject

	def prepare_email_content(self):
		mail = super().prepare_email_content()
		for name, value in self.headers.items():
			mail.set_header(name, value)
		return mail
