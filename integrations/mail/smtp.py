"""As much of SMTP (RFC 5321) as a sender needs, for the sandbox: it takes every letter and delivers none."""

import base64
import email
import email.policy
import hmac
import os
import re
import socketserver
import threading
from email.message import EmailMessage

from django.conf import settings

from integrations.messaging.faults import SWITCHES, Carrier, Fault
from integrations.messaging.inbox import INBOX, Arrived

LONGEST = 4096  # bytes of one line
LARGEST = 1024 * 1024
PATH = re.compile(rb"(?:FROM|TO):\s*<([^<>\s]*)>", re.IGNORECASE)
HOST = "127.0.0.1"
GONE = b"khong-con@"  # one of the invented people has left this mailbox


class Session(socketserver.StreamRequestHandler):
    timeout = 30

    def handle(self) -> None:
        self.fault, self.receivers, self.is_known = SWITCHES.take(Carrier.EMAIL), list[str](), False
        if self.fault is Fault.BUSY:
            self._say("421 busy, come again later")
            return
        self._say("220 sandbox")
        while line := self.rfile.readline(LONGEST):
            verb, _blank, rest = line.strip().partition(b" ")
            known = getattr(self, f"do_{verb.decode('ascii', 'replace').lower()}", None)
            if known is None:
                self._say("502 not known here")
            elif known(rest):
                return

    def do_ehlo(self, rest: bytes) -> bool:
        return self._say("250-sandbox\r\n250-AUTH PLAIN\r\n250 8BITMIME")

    def do_auth(self, rest: bytes) -> bool:
        wanted = f"\0{settings.SMS_CLIENT_ID}\0{settings.SMS_CLIENT_SECRET}".encode()
        given = base64.b64decode(rest.partition(b" ")[2] + b"==")
        self.is_known = bool(settings.SMS_CLIENT_SECRET) and hmac.compare_digest(given, wanted)
        return self._say("235 welcome" if self.is_known else "535 not known here")

    def do_mail(self, rest: bytes) -> bool:
        self.receivers = []
        return self._say("250 ok" if self.is_known else "530 sign in first")

    def do_rcpt(self, rest: bytes) -> bool:
        found = PATH.match(rest)
        if found is None or found[1].startswith(GONE) or self.fault is Fault.BAD_ADDRESS:
            return self._say("550 no such mailbox")
        self.receivers.append(found[1].decode("utf-8", "replace"))
        return self._say("250 ok")

    def do_data(self, rest: bytes) -> bool:
        if not self.receivers:
            return self._say("503 to whom?")
        self._say("354 go ahead")
        content, size = b"", 0
        while (line := self.rfile.readline(LONGEST)) not in {b".\r\n", b""}:
            size += len(line)
            content += line[1:] if line.startswith(b".") else line
            if size > LARGEST:
                return True
        return self._taken(content)

    def _taken(self, content: bytes) -> bool:
        if self.fault is Fault.ERROR_500:
            return True
        letter = email.message_from_bytes(content, _class=EmailMessage, policy=email.policy.default)
        key, title = str(letter["Message-ID"]), str(letter["Subject"])
        text = letter.get_body(("plain",))
        said = text.get_content().strip() if text else ""
        count = len([one for one in INBOX.all() if one.key.startswith(key)])  # SMTP knows no keys: again is twice
        INBOX.put(Arrived(Carrier.EMAIL, key if not count else f"{key}#{count}", self.receivers[0], title, said))
        if self.fault is Fault.TIMEOUT:
            SWITCHES.wait_in_vain()
        return True if self.fault is Fault.TAKEN_THEN_LOST else self._say("250 taken")

    def do_rset(self, rest: bytes) -> bool:
        return self._say("250 ok")

    def do_quit(self, rest: bytes) -> bool:
        self._say("221 bye")
        return True

    def _say(self, text: str) -> bool:
        self.wfile.write(f"{text}\r\n".encode())
        return False


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def start() -> None:
    """Beside the sandbox's HTTP, when it was given a port for it."""
    port = int(os.environ.get("SANDBOX_SMTP_PORT") or 0)
    if port:
        server = Server((HOST, port), Session)
        threading.Thread(target=server.serve_forever, name="smtp", daemon=True).start()
