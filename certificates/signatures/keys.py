"""Keys of organs: which are known, and the one that signs today.

A key is loaded once for the process: reading it anew costs more than signing (RSA-3072, 130 ms).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING, Literal

from cryptography import x509

from certificates.signatures.trust import fingerprint
from certificates.signatures.words import day_of

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

KeyKind = Literal["file", "device", "demo"]
WARNED_BEFORE = timedelta(days=60)
"""An organ needs about this long to be given a new certificate (assumed)."""


class KeyUnusable(Exception):
    """No key may sign for an organ now; its text is a Chinese sentence that says why."""


@dataclass(frozen=True)
class OrganKey:
    """A key that can sign for an organ, kept loaded, with the certificate that proves it."""

    organ: str
    """Authority.code."""
    certificate: x509.Certificate
    kind: KeyKind
    signer: "Signer"
    source: str
    """File name or label, to be found by."""
    issuers: tuple[x509.Certificate, ...] = ()
    """The authorities above it, as far as they came with the key."""

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.certificate)

    def is_valid_at(self, moment: datetime) -> bool:
        certificate = self.certificate
        return certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc

    def days_left(self, moment: datetime) -> int:
        return (self.certificate.not_valid_after_utc - moment).days


def newest_valid(keys: Iterable[OrganKey], organ_name: str, moment: datetime) -> OrganKey:
    """The key whose certificate began last among those valid now; raises KeyUnusable.

    A new certificate takes over on the day it begins; the old one may lie beside it.
    """
    known = sorted(keys, key=lambda key: key.certificate.not_valid_before_utc)
    usable = [key for key in known if key.is_valid_at(moment)]
    if usable:
        return usable[-1]
    raise KeyUnusable(_why_none(known, organ_name, moment))


def _why_none(known: list[OrganKey], organ: str, moment: datetime) -> str:
    if not known:
        return _("没有{organ}的签名密钥，文书不能签发：请由管理员配置密钥。").format(organ=organ)
    newest = known[-1].certificate
    if newest.not_valid_before_utc > moment:
        words = _("{organ}的签名证书自{day}起才有效，现在不能签发文书。")
        return words.format(organ=organ, day=day_of(newest.not_valid_before_utc))
    words = _("{organ}的签名证书已于{day}到期，不能签发文书：请换用新的证书。")
    return words.format(organ=organ, day=day_of(newest.not_valid_after_utc))
