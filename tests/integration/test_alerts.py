"""Alerts as people get them: by webhook and by e-mail, from whatever started the run."""

import logging
import socketserver
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest

from orchestration.alerting.alert import Alert, Kind
from orchestration.alerting.senders import send
from tests.integration.receivers import Hook, serving

ALERT = Alert(Kind.SOURCE_UNREACHABLE, "温岭\nnews", "it answered 500", "mend it", "abc123")


class Mailbox:
    """A mail server that knows just enough to take a message."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        box = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.say("220 mailbox")
                while line := self.rfile.readline():
                    word = line[:4].upper()
                    if word == b"DATA":
                        self.say("354 go on")
                        box.got.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                    self.say("221 bye" if word == b"QUIT" else "250 ok")

            def say(self, text: str) -> None:
                self.wfile.write(f"{text}\r\n".encode())

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, dict[str, str]]]:
    box = Mailbox()
    with serving(box.server) as port:
        yield box, {"JIQUN_ALERT_EMAIL": "a@example.org,b@example.org", "JIQUN_ALERT_SMTP": f"smtp://127.0.0.1:{port}"}


def _hooked(hook: Hook, port: int) -> dict[str, str]:
    return {"JIQUN_ALERT_WEBHOOK": f"http://127.0.0.1:{port}/services/secret"}


def test_a_webhook_gets_text_for_people_and_fields_for_programs() -> None:
    hook = Hook()
    with serving(hook.server) as port:
        send([ALERT], _hooked(hook, port))
    (got,) = hook.got
    assert got["kind"] == "source unreachable"
    assert got["serving"] == "abc123"
    for said in ("it answered 500", "mend it", "release abc123 still serves"):
        assert said in got["text"]


def test_a_busy_webhook_is_tried_again() -> None:
    hook = Hook(503, 500)
    with serving(hook.server) as port:
        send([ALERT], _hooked(hook, port))
    assert len(hook.got) == 1


def test_an_email_goes_to_all_with_one_line_of_subject(mailbox: tuple[Mailbox, dict[str, str]]) -> None:
    box, environment = mailbox
    send([ALERT], environment)
    message = message_from_bytes(box.got[0], policy=policy.default)
    assert message["To"] == "a@example.org, b@example.org"
    assert message["Subject"] == "jiqun: source unreachable: 温岭 news"
    assert "release abc123 still serves" in message.get_content()


def test_a_way_that_fails_keeps_no_other_from_telling_and_its_address_secret(
    mailbox: tuple[Mailbox, dict[str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    box, environment = mailbox
    hook = Hook(*[403] * 9)
    with serving(hook.server) as port, caplog.at_level(logging.WARNING, "jiqun"):
        send([ALERT, ALERT], environment | _hooked(hook, port))
    assert len(box.got) == 2
    assert "could not be sent by webhook" in caplog.text
    assert "secret" not in caplog.text
