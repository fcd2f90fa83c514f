"""Sending one mail."""

import smtplib
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from config.settings import Settings

SECONDS = 20


def send_mail(settings: Settings, message_id: int, address: str, subject: str, body: str) -> bool:
    """False when there is no mail server or no address. Raises OSError or SMTPException."""
    if not settings.smtp_url or not address:
        return False
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = settings.mail_from, address, subject
    domain = settings.mail_from.partition("@")[2] or "localhost"
    mail["Message-ID"] = f"<message-{message_id}@{domain}>"
    mail.set_content(body)
    _deliver(settings.smtp_url, mail)
    return True


def _deliver(url: str, mail: EmailMessage) -> None:
    parts = urlsplit(url)
    secure = parts.scheme == "smtps"
    kind = smtplib.SMTP_SSL if secure else smtplib.SMTP
    port = parts.port or (465 if secure else 25)
    with kind(parts.hostname or "localhost", port, timeout=SECONDS) as server:
        if parts.scheme == "smtp+tls":
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(mail)
