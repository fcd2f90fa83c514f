"""Every setting of the program, read once from the environment. Nothing else reads it."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from gettext import gettext as _
from pathlib import Path

_OWN_KEY = "keys/verification-signing.pem"


class SettingMissing(Exception):
    """A setting without which it is not safe to start; its text says which and how to set it."""


@dataclass(frozen=True)
class SigningSettings:
    """Where the organs' keys are, and who puts the time on signatures. README tells the names."""

    keys_dir: Path
    """PKCS#12 files, `<organ code>.p12`."""
    makes_keys: bool
    """Demo mode without a folder of one's own: missing keys are made."""
    passphrase: str = field(repr=False)
    device_module: str
    """The PKCS#11 library of the device's maker; empty without a device."""
    device_token: str
    device_slot: int | None
    device_pin: str = field(repr=False)
    device_prefix: str
    """Before the organ's code in a key's label."""
    stamp_url: str
    """The time-stamp service (RFC 3161); empty without one."""
    stamp_seconds: float


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
    proxies: int
    """Reverse proxies before the program, whose word on a visitor's address is taken; 0: none.

    With one that is not counted here all visitors have one address, and are slowed down as one.
    """
    embedded_worker: bool
    log_level: str
    signing: SigningSettings

    @property
    def secure_cookies(self) -> bool:
        """Whether people reach the program over TLS alone."""
        return self.base_url.startswith("https://")


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Raises SettingMissing when a secret is unset outside demo mode."""
    read = partial(_read, os.environ if environment is None else environment)  # noqa: TID251
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
        proxies=int(read("PROXIES", "0")),
        embedded_worker=_is_true(read("EMBEDDED_WORKER", "yes")),
        log_level=read("LOG_LEVEL", "INFO"),
        signing=_signing(read, data_dir, demo=demo),
    )


def _read(source: Mapping[str, str], name: str, default: str) -> str:
    return source.get(f"CARTOUCHE_{name}", default)


def _signing(read: Callable[[str, str], str], data_dir: Path, *, demo: bool) -> SigningSettings:
    keys_dir, slot = read("SIGNING_KEYS", ""), read("PKCS11_SLOT", "")
    return SigningSettings(
        keys_dir=Path(keys_dir).absolute() if keys_dir else data_dir / "keys",
        makes_keys=demo and not keys_dir,
        passphrase=_secret_text(read, "SIGNING_PASSPHRASE"),
        device_module=read("PKCS11_MODULE", ""),
        device_token=read("PKCS11_TOKEN", ""),
        device_slot=int(slot) if slot else None,
        device_pin=_secret_text(read, "PKCS11_PIN"),
        device_prefix=read("PKCS11_PREFIX", ""),
        stamp_url=read("TIMESTAMP_URL", ""),
        stamp_seconds=float(read("TIMESTAMP_SECONDS", "10")),
    )


def _secret_text(read: Callable[[str, str], str], name: str) -> str:
    """A secret itself, or the first line of the file that NAME_FILE names."""
    path = read(f"{name}_FILE", "")
    if not path:
        return read(name, "")
    try:
        return Path(path).read_text("utf-8").partition("\n")[0].rstrip("\r")
    except OSError as error:
        words = _("CARTOUCHE_{name}_FILE 指定的文件 {path} 无法读取：{reason}。")
        raise SettingMissing(words.format(name=name, path=path, reason=error.strerror)) from error


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
