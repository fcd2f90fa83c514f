"""Every setting of the program, read once from the environment. Nothing else reads it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

_OWN_KEY = "keys/verification-signing.pem"


class SettingMissing(Exception):
    """A setting without which it is not safe to start; its text says which and how to set it."""


@dataclass(frozen=True)
class Settings:
    """Values by which one installation differs from another."""

    data_dir: Path
    database_url: str
    attachment_url: str
    """Where files lie, in fsspec's form: file:///srv/cartouche/files or s3://bucket/prefix."""
    verification_key: Path
    """Private Ed25519 key (PEM) that signs certificates' codes; older public keys lie beside it."""
    queue_url: str
    """Where jobs are poked: sqlite:///path, postgresql://… or redis://…"""
    secret_key: str
    base_url: str
    """Before every address that leaves the program: in QR codes, mails and papers."""
    demo: bool
    smtp_url: str
    mail_from: str
    support_phone: str
    support_email: str
    session_minutes: int
    embedded_worker: bool
    log_level: str

    @property
    def secure_cookies(self) -> bool:
        """Whether people reach the program over TLS alone."""
        return self.base_url.startswith("https://")


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Raises SettingMissing when a secret is unset outside demo mode."""
    source = os.environ if environment is None else environment  # noqa: TID251

    def read(name: str, default: str) -> str:
        return source.get(f"CARTOUCHE_{name}", default)

    data_dir = Path(read("DATA_DIR", "var")).absolute()
    demo = _is_true(read("DEMO", "no"))
    database_url = _with_driver(read("DATABASE_URL", f"sqlite:///{data_dir / 'cartouche.db'}"))
    return Settings(
        data_dir=data_dir,
        database_url=database_url,
        attachment_url=read("ATTACHMENT_URL", f"file://{data_dir / 'files'}"),
        verification_key=Path(read("VERIFICATION_KEY", f"{data_dir}/{_OWN_KEY}")),
        queue_url=read("QUEUE_URL", _default_queue(database_url, data_dir)),
        secret_key=_secret(read("SECRET_KEY", ""), demo=demo),
        base_url=read("BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
        demo=demo,
        smtp_url=read("SMTP_URL", ""),
        mail_from=read("MAIL_FROM", "cartouche@localhost"),
        support_phone=read("SUPPORT_PHONE", ""),
        support_email=read("SUPPORT_EMAIL", ""),
        session_minutes=int(read("SESSION_MINUTES", "30")),
        embedded_worker=_is_true(read("EMBEDDED_WORKER", "yes")),
        log_level=read("LOG_LEVEL", "INFO"),
    )


def _is_true(word: str) -> bool:
    return word.strip().lower() in {"1", "yes", "true", "on"}


def _secret(value: str, *, demo: bool) -> str:
    if value:
        return value
    if demo:
        return "demo-mode-only-not-a-secret"
    raise SettingMissing(
        _(
            "CARTOUCHE_SECRET_KEY 未设置：请设为一段随机字符后再启动"
            "（如 openssl rand -hex 32 的输出）；"
            "仅试用时可设 CARTOUCHE_DEMO=yes。"
        )
    )


def _with_driver(url: str) -> str:
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _default_queue(database_url: str, data_dir: Path) -> str:
    """One installation needs one database and nothing else: the queue lies beside the rows."""
    if database_url.startswith("postgresql"):
        return database_url.replace("postgresql+psycopg://", "postgresql://")
    return f"sqlite:///{data_dir / 'queue.db'}"
