"""Real mail servers: Dovecot for IMAP, and aiosmtpd, which delivers each mail to its recipients' mailboxes."""

import grp
import mailbox
import os
import pwd
import shutil
import smtplib
import socket
import subprocess
import time
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage, Message
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

PASSWORD = "secret"
CONFIGURATION = """\
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{home}/mail/%u
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""
PATIENCE = 20


class Post:
	"""The two servers, and the mailboxes behind them.

	Args: `home` is a folder that other users may enter.
	"""

	def __init__(self, home: Path):
		self.home = home
		# as root, Dovecot refuses mailboxes of root
		self.owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
		self.imap_port, self.smtp_port = _free_port(), _free_port()

	async def handle_DATA(self, server, session, envelope) -> str:
		for address in envelope.rcpt_tos:
			self.deliver(address.lower(), envelope.content)
		return "250 Message accepted"

	def deliver(self, address: str, raw: bytes) -> None:
		folder = self.home / "mail" / address
		mailbox.Maildir(folder, create=True).add(raw)
		for path in (self.home / "mail", folder, *folder.rglob("*")):
			os.chown(path, self.owner.pw_uid, self.owner.pw_gid)

	def mails(self, address: str) -> list[Message]:
		"""Return the mails in a mailbox, oldest first."""
		found = mailbox.Maildir(self.home / "mail" / address, create=True)
		files = sorted(Path(found._path).glob("*/*"), key=lambda path: path.stat().st_mtime)
		return [message_from_bytes(path.read_bytes()) for path in files if path.parent.name in ("new", "cur")]

	def send(self, sender: str, to: str, subject: str, text: str, **headers: str) -> None:
		"""Send a mail as a person's mail program does."""
		mail = EmailMessage()
		mail["From"], mail["To"], mail["Subject"] = sender, to, subject
		for name, value in headers.items():
			mail[name.replace("_", "-")] = value
		mail.set_content(text)
		with smtplib.SMTP("127.0.0.1", self.smtp_port) as server:
			server.send_message(mail)


@contextmanager
def running(home: Path):
	"""Run both servers; yield them as a Post."""
	post = Post(home)
	for name in ("run", "state", "mail"):
		(home / name).mkdir()
	for path in (home, home / "mail"):
		os.chown(path, post.owner.pw_uid, post.owner.pw_gid)
	group = grp.getgrgid(post.owner.pw_gid).gr_name
	values = {"home": home, "user": post.owner.pw_name, "group": group, "port": post.imap_port}
	configuration = home / "dovecot.conf"
	configuration.write_text(CONFIGURATION.format(**values, password=PASSWORD), encoding="utf-8")
	access = {"authenticator": _authenticate, "auth_require_tls": False}
	smtp = Controller(post, hostname="127.0.0.1", port=post.smtp_port, **access)
	smtp.start()
	program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
	imap = subprocess.Popen([program, "-F", "-c", str(configuration)])  # noqa: S603  the arguments are this file's
	try:
		_wait_for(post.imap_port, imap)
		yield post
	finally:
		smtp.stop()
		imap.terminate()
		imap.wait(PATIENCE)


def _authenticate(server, session, envelope, mechanism: str, data) -> AuthResult:
	return AuthResult(success=data.password == PASSWORD.encode())


def _free_port() -> int:
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		return probe.getsockname()[1]


def _wait_for(port: int, process: subprocess.Popen) -> None:
	until = time.monotonic() + PATIENCE
	while time.monotonic() < until:
		if process.poll() is not None:
			raise RuntimeError(f"Dovecot ended with status {process.returncode}.")
		with socket.socket() as probe:
			if probe.connect_ex(("127.0.0.1", port)) == 0:
				return
		time.sleep(0.1)
	raise TimeoutError("Dovecot doesn't answer.")
