"""A whole PDF file verified without the office: its signature, its code, its words, the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _

from certificates.signatures import Examination, Trusted, examine
from certificates.verification.keys import KeyRing
from certificates.verification.reading import PaperRead, PaperUnreadable, read_paper
from certificates.verification.status_list import CANCELLED, REPLACED, StatusList
from certificates.verification.tokens import CertificateFields, TokenRefused, read_token

_CHANGED = ("altered", "extended")
_CHANGED_TITLE = _("文件被改动过")


@dataclass(frozen=True)
class PaperVerdict:
    """What can be said of a file; `good` is None when that cannot be decided."""

    good: bool | None
    title: str
    sentences: tuple[str, ...] = ()
    fields: CertificateFields | None = None
    """What its code says, when the code is genuine."""
    is_ours: bool = False
    """Whether anything in it is proved to come from this office."""


@dataclass(frozen=True)
class Known:
    """What a verifier holds: the published keys and names, the organs' certificates, a list."""

    ring: KeyRing
    trusted: Sequence[Trusted]
    specialties: Mapping[str, str]
    listed: StatusList | None = None


def verify_paper(pdf: bytes, known: Known, today: date) -> PaperVerdict:
    """Judge a file that anyone may have made; never raises, ends within seconds."""
    examined = examine(pdf, known.trusted)
    try:
        read = read_paper(pdf)
    except PaperUnreadable as unreadable:
        if examined.verdict in _CHANGED:
            return PaperVerdict(False, _CHANGED_TITLE, (*examined.sentences, str(unreadable)))
        return PaperVerdict(None, _("不能核验"), (str(unreadable),))
    fields, faults = _code(read, known)
    verdict = _judged(examined, fields, faults, bool(known.trusted))
    return _standing(verdict, known.listed, today) if verdict.good is not False else verdict


def _code(read: PaperRead, known: Known) -> tuple[CertificateFields | None, list[str]]:
    """What the code says, and what is wrong with it."""
    if not read.tokens:
        return None, []
    if len(read.tokens) > 1:
        return None, [_("文件中有不止一个核验码。")]
    try:
        fields = read_token(known.ring, read.tokens[0])
    except TokenRefused as refused:
        return None, [str(refused)]
    return fields, list(_unlike(fields, read.text, known.specialties))


def _unlike(fields: CertificateFields, text: str, names: Mapping[str, str]) -> list[str]:
    """What the code says and the page does not."""
    specialties = "、".join(names.get(code, code) for code in fields.specialties)
    # Each with what is printed behind it, so that nothing can have been added to it.
    printed = (
        (_("证书编号"), fields.number, _("单位名称")),
        (_("单位名称"), fields.unit, _("统一社会信用代码")),
        (_("等级"), fields.class_name, _("专业类别")),
        (_("专业类别"), specialties, _("有效期")),
        (_("有效期"), f"{_day(fields.valid_from)}至{_day(fields.valid_until)}", ""),
        (_("发证日期"), f"：{_day(fields.issued_on)}", ""),
    )
    words = _("页面上的“{label}”与二维码所载的“{signed}”不一致。")
    return [
        words.format(label=label, signed=signed.removeprefix("："))
        for label, signed, behind in printed
        if label + "".join(signed.split()) + behind not in text
    ]


def _judged(
    examined: Examination,
    fields: CertificateFields | None,
    faults: list[str],
    knows_organs: bool,
) -> PaperVerdict:
    told = (*examined.sentences, *faults)
    genuine_code = fields if not faults else None
    ours = examined.trusted or genuine_code is not None
    if examined.is_genuine and not faults:
        return PaperVerdict(True, _("由本系统出具，未被改动"), told, fields, is_ours=True)
    if examined.verdict == "stranger" and not knows_organs and not faults:
        more = _("没有给出机关的签名证书，不能确认签名的是谁。")
        return PaperVerdict(None, _("不能确认"), (*told, more), fields, ours)
    if examined.verdict == "unsigned" and genuine_code is not None:
        more = _("二维码真实，但它也可能是从真的证书上复制来的。")
        return PaperVerdict(None, _("不能确认"), (*told, more), fields, ours)
    if ours or fields is not None or examined.verdict in _CHANGED:
        return PaperVerdict(False, _CHANGED_TITLE, told, fields, ours)
    return PaperVerdict(False, _("不是本系统出具的文件"), told)


def _standing(verdict: PaperVerdict, listed: StatusList | None, today: date) -> PaperVerdict:
    """The same, unless the certificate has ended since."""
    fields = verdict.fields
    if fields is None:
        return verdict
    ended = _ended(fields, listed, today)
    if ended:
        told = (*verdict.sentences, ended)
        return replace(verdict, good=False, title=_("证书不再有效"), sentences=told)
    if listed is None:
        more = _("没有状态清单，不知道证书是否已注销或换发。")
    else:
        day = listed.made_at.date().isoformat()
        more = _("截至 {day} 的状态清单中没有这份证书。").format(day=day)
    return replace(verdict, sentences=(*verdict.sentences, more))


def _ended(fields: CertificateFields, listed: StatusList | None, today: date) -> str:
    entry = listed.entries.get(fields.number) if listed else None
    if entry is not None and entry.ends(fields.copy_version):
        words = {
            CANCELLED: _("证书自 {day} 起已注销（包括撤销、撤回）。"),
            REPLACED: _("证书已于 {day} 被新的证书替换。"),
        }.get(entry.status, _("自 {day} 起已换发新的证书文件，这一份作废。"))
        return words.format(day=entry.since)
    if today > fields.valid_until:
        return _("证书的有效期已于 {day} 届满。").format(day=fields.valid_until)
    return ""


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
