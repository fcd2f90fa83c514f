"""What a certificate's signed code says, held against the register as it stands today."""

from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _

from sqlalchemy import select

from bpmn.casework.history import ENDINGS
from bpmn.casework.verification import VerifiedCertificate, certificate_of
from bpmn.office import Office
from bpmn.operations.facts import class_name, names_of
from certificates.verification import CertificateFields
from models import Qualification, QualificationChange, Unit


@dataclass(frozen=True)
class Difference:
    """One thing that was signed and that the register now has otherwise."""

    label: str
    signed: str
    registered: str


@dataclass(frozen=True)
class HeldAgainst:
    """The certificate as the register has it, and where the signed code says something else."""

    certificate: VerifiedCertificate
    differences: tuple[Difference, ...]


def hold_against(office: Office, fields: CertificateFields) -> HeldAgainst | None:
    """None when the register has no certificate of the signed number."""
    held = office.db.scalar(select(Qualification).where(Qualification.number == fields.number))
    if held is None:
        return None
    line = _line_of(held, fields.copy_version)
    found = certificate_of(office, held, line.token if line else "")
    return HeldAgainst(found, tuple(_differences(office, held, line, fields)))


def _line_of(held: Qualification, version: int) -> QualificationChange | None:
    """The line of the history by which this version of the certificate came about."""
    lines = (one for one in held.history if one.version == version and one.kind not in ENDINGS)
    return next(lines, None)


def _differences(
    office: Office,
    held: Qualification,
    line: QualificationChange | None,
    fields: CertificateFields,
) -> Iterator[Difference]:
    rule, until = office.standard.renewal, held.valid_until
    codes = [part.specialty for part in held.specialties]
    for label, signed, registered in (
        (_("单位名称"), fields.unit, office.db.get_one(Unit, held.unit_id).name),
        (_("等级"), fields.class_name, class_name(held.number)),
        (_("专业类别"), _listed(office, fields.specialties), _listed(office, codes)),
        (_("发证日期"), str(fields.issued_on), str(line.on_day) if line else _("没有这一版本")),
        (_("有效期起"), str(fields.valid_from), str(rule.term_began(held.issued_on, until))),
        (_("有效期止"), str(fields.valid_until), str(until)),
    ):
        if signed != registered:
            yield Difference(label, signed, registered)


def _listed(office: Office, codes: tuple[str, ...] | list[str]) -> str:
    """Names in the order of the standard; a code that it no longer has stands for itself."""
    known = office.standard.specialties
    return "、".join([*names_of(office, list(codes)), *(c for c in codes if c not in known)])
