"""The organs' keys as this process has them, and what they sign: pending papers, nothing else."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from gettext import gettext as _
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import select

from bpmn.office import Office
from certificates.signatures import (
    WARNED_BEFORE,
    KeyKind,
    KeyUnusable,
    OrganKey,
    Trusted,
    newest_valid,
)
from config.settings import SigningSettings
from models import Authority, Document, SigningCertificate
from models.seals import keep_certificate
from webapp.offices import Premises

if TYPE_CHECKING:
    from certificates.signatures.organ_keys import OrganKeys
    from certificates.signatures.services import TimeStampService

NAMED_AT_ONCE = 5


@lru_cache(maxsize=4)
def organ_keys(settings: SigningSettings) -> "OrganKeys":
    """The keys that these settings name, kept loaded for the process."""
    from certificates.signatures.device import Device, DevicePlace
    from certificates.signatures.key_files import KeyFolder
    from certificates.signatures.organ_keys import OrganKeys

    kind: KeyKind = "demo" if settings.makes_keys else "file"
    folder = KeyFolder(settings.keys_dir, settings.passphrase, kind)
    if not settings.device_module:
        return OrganKeys(folder)
    place = DevicePlace(
        module=settings.device_module,
        token=settings.device_token,
        slot=settings.device_slot,
        pin=settings.device_pin,
        prefix=settings.device_prefix,
    )
    return OrganKeys(folder, Device(place))


def sign_paper(
    settings: SigningSettings, content: bytes, organ: tuple[str, str], moment: datetime
) -> tuple[bytes, OrganKey]:
    """The printed paper signed for an organ (code and printed name), and the key that did it.

    Raises KeyUnusable, DeviceUnavailable and StampUnavailable, each a Chinese sentence.
    """
    from certificates.signatures.device import DeviceUnavailable
    from certificates.signatures.signing import sign

    ring, (code, name) = organ_keys(settings), organ
    key = ring.key_for(code, name, moment)
    try:
        return sign(content, key, name, moment, _time_stamps(settings)), key
    except DeviceUnavailable:
        ring.forget_device()
        raise


def organ_of(office: Office, document: Document) -> tuple[str, str]:
    """Code and printed name of the organ that signs; papers from before keys go by their name."""
    name = document.facts["organ"]
    if document.organ_code:
        return document.organ_code, name
    known = select(Authority.code).where(Authority.name == name)
    return office.db.scalar(known) or "", name


def keep_used(office: Office, key: OrganKey) -> int:
    """The row of the certificate, so that papers can be verified when its key is gone."""
    row = {
        "organ_code": key.organ,
        "fingerprint": key.fingerprint,
        "certificate": key.certificate.public_bytes(Encoding.DER),
        "issuers": "".join(one.public_bytes(Encoding.PEM).decode() for one in key.issuers),
        "kind": key.kind,
        "first_used_at": office.now,
    }
    return keep_certificate(office.db, row)


def trusted(office: Office) -> tuple[Trusted, ...]:
    """Every certificate that has ever signed a paper here, with the name of its organ."""
    query = (
        select(Authority.name, SigningCertificate.certificate)
        .join(Authority, Authority.code == SigningCertificate.organ_code)
        .order_by(SigningCertificate.organ_code, SigningCertificate.id)
    )
    return tuple(Trusted(name, der) for name, der in office.db.execute(query))


def make_demo_keys(premises: Premises) -> None:
    """A key for every organ that has none yet, in demo mode; nothing anywhere else."""
    settings = premises.settings.signing
    if not settings.makes_keys:
        return
    with premises.reading() as office:
        organs = office.db.execute(select(Authority.code, Authority.name)).all()
        for code, name in organs:
            organ_keys(settings).key_for(code, name, office.now)


def key_warnings(office: Office, settings: SigningSettings) -> Iterator[str]:
    """What is wrong with the keys today, as Chinese sentences: missing, ended, soon to end."""
    if settings.makes_keys:
        return
    ring, missing = organ_keys(settings), []
    yield from ring.problems()
    known = ring.keys_by_organ()
    for code, name in office.db.execute(select(Authority.code, Authority.name).order_by("code")):
        try:
            left = newest_valid(known.get(code, ()), name, office.now).days_left(office.now)
        except KeyUnusable:
            missing.append(name)
            continue
        if left < WARNED_BEFORE.days:
            words = _("{organ}的签名证书还有 {days} 天到期，请尽快换用新的证书。")
            yield words.format(organ=name, days=left)
    if missing:
        words = _("{count} 个机关没有可用的签名密钥，其文书不能签发：{organs}。")
        more = _("等") if len(missing) > NAMED_AT_ONCE else ""
        yield words.format(count=len(missing), organs="、".join(missing[:NAMED_AT_ONCE]) + more)


def no_key_at_all(office: Office, settings: SigningSettings) -> str | None:
    """Said when papers could not be signed for any organ at all; None when for some."""
    if settings.makes_keys or any(
        key.is_valid_at(office.now) for key in organ_keys(settings).known()
    ):
        return None
    return _(
        "没有任何可用的签名密钥，文书不能签发：请把各机关的 PKCS#12 密钥放入 {folder}，"
        "或者设置 CARTOUCHE_SIGNING_KEYS、CARTOUCHE_PKCS11_MODULE。"
    ).format(folder=settings.keys_dir)


def _time_stamps(settings: SigningSettings) -> "TimeStampService | None":
    from certificates.signatures.services import TimeStampService

    url = settings.stamp_url
    return TimeStampService(url, settings.stamp_seconds) if url else None
