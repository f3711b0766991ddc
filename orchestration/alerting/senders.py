"""The ways an alert is sent: to the log, to a webhook, by e-mail. Which of them, the environment says.

| variable | means |
|---|---|
| JIQUN_ALERT_WEBHOOK | URL that gets a POST of JSON per alert; its `text` is what chat programs show |
| JIQUN_ALERT_EMAIL | addresses, separated by commas |
| JIQUN_ALERT_SMTP | `smtp://[user:password@]host[:port]` or `smtps://...`; default `smtp://localhost:25`; STARTTLS where offered |
| JIQUN_ALERT_FROM | sender's address; default `jiqun@localhost` |
"""

import logging
import os
import smtplib
import ssl
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

from orchestration.alerting.alert import Alert
from orchestration.errors import BadInput

log = logging.getLogger("jiqun")

_TIMEOUT_SECONDS = 10


class Sender(Protocol):
    """One way to people."""

    def send(self, alert: Alert) -> None:
        """Send one alert.

        Raises:
            OSError: It could not be delivered.
        """


@dataclass(frozen=True, slots=True)
class Log:
    """The log, always there: what no other way could deliver stands here."""

    def send(self, alert: Alert) -> None:
        """One warning."""
        log.warning("%s", alert.text)


@dataclass(frozen=True, slots=True)
class Webhook:
    """A POST of JSON, tried again twice where the receiver is busy or out of reach."""

    url: str

    def send(self, alert: Alert) -> None:
        """Post it."""
        import requests
        from requests.adapters import HTTPAdapter
        from urllib3.util import Retry

        retry = Retry(total=2, backoff_factor=0.5, backoff_jitter=0.5, status_forcelist=(429, 500, 502, 503, 504), allowed_methods=None)
        with requests.Session() as session:
            session.mount(self.url, HTTPAdapter(max_retries=retry))
            session.post(self.url, json=alert.to_json(), timeout=_TIMEOUT_SECONDS, allow_redirects=False).raise_for_status()


@dataclass(frozen=True, slots=True)
class Email:
    """One message to all addresses."""

    server: str
    sender: str
    recipients: tuple[str, ...]

    def send(self, alert: Alert) -> None:
        """Hand it to the mail server."""
        message = EmailMessage()
        # A subject is one line, whatever a file is called.
        message["Subject"] = " ".join(alert.title.split())
        message["From"], message["To"] = self.sender, ", ".join(self.recipients)
        message.set_content(alert.text)
        parts = urlsplit(self.server)
        connect = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
        with connect(parts.hostname or "localhost", parts.port or 0, timeout=_TIMEOUT_SECONDS) as server:
            server.ehlo()
            if parts.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)


def senders(environment: Mapping[str, str]) -> Iterator[Sender]:
    """The ways that the environment names; the log is always one.

    Raises:
        BadInput: A setting is not usable.
    """
    yield Log()
    if url := environment.get("JIQUN_ALERT_WEBHOOK"):
        if urlsplit(url).scheme not in ("http", "https"):
            raise BadInput("JIQUN_ALERT_WEBHOOK is not an http or https address", "Set it to the receiver's full address.")
        yield Webhook(url)
    if addresses := environment.get("JIQUN_ALERT_EMAIL"):
        server = environment.get("JIQUN_ALERT_SMTP") or "smtp://localhost:25"
        if urlsplit(server).scheme not in ("smtp", "smtps"):
            raise BadInput("JIQUN_ALERT_SMTP does not begin with smtp:// or smtps://", "Write smtp://user:password@host:587.")
        recipients = tuple(address.strip() for address in addresses.split(",") if address.strip())
        yield Email(server, environment.get("JIQUN_ALERT_FROM") or "jiqun@localhost", recipients)


def send(alerts: Iterable[Alert], environment: Mapping[str, str] = os.environ) -> None:
    """Send every alert every way. A way that fails is logged by its name and keeps neither the others nor the run from ending well."""
    told = list(alerts)
    if not told:
        return
    try:
        ways = list(senders(environment))
    except BadInput as error:
        log.warning("Alerts go to the log only: %s. %s", error.message, error.hint)
        ways = [Log()]
    for alert in told:
        for way in ways:
            try:
                way.send(alert)
            except (OSError, smtplib.SMTPException, ValueError) as error:
                # Without the error's text: it may hold the address of a webhook, which is a secret.
                log.warning("An alert could not be sent by %s (%s): %s", type(way).__name__.lower(), type(error).__name__, alert.title)
