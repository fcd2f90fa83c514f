"""What stands on 送达回证 and on the slip of a certificate handed out on paper, from their rows."""

from datetime import datetime
from gettext import gettext as _

from bpmn.errors import PaperRefused
from bpmn.office import Office
from certificates import MissingGlyphs, Slip, check_slip
from certificates.times import day_words
from models import Account, Authority, Case, Delivery, Document, Unit
from models.calendar import OFFICE_ZONE
from models.deliveries import AWAITED, ELECTRONIC, WAYS

_SIGNED, _RECEIVED = _("收件人签名或盖章"), _("领取人签名")


def receipt_of(office: Office, delivery: Delivery, document: Document) -> Slip:
    """送达回证, every field of policy §9 row 19; what is not known yet is left to the pen."""
    unit = office.db.get_one(Unit, delivery.unit_id)
    is_electronic = delivery.way == ELECTRONIC
    rows = [
        (_("送达文书名称"), document.title),
        (_("文号"), document.number.partition("/")[0]),
        (_("送达单位"), office.db.get_one(Authority, delivery.authority_id).name),
        (_("受送达人"), _unit_words(unit)),
        (_("送达时间"), moment_words(delivery.reached_at)),
        (_("送达地点"), _("受送达人在测资通的账号") if is_electronic else delivery.place),
        (_("送达方式"), WAYS.get(delivery.way, "")),
        (_SIGNED, _signature(office, delivery)),
        (_("与受送达人的关系"), _("本单位账号") if delivery.read_at else delivery.relation),
        (_("见证人"), _none(delivery, delivery.witness)),
        (_("送达人"), _server(office, delivery)),
        (_("备注"), _remark(delivery)),
    ]
    organ = office.db.get_one(Authority, delivery.authority_id).name
    return Slip(_("送达回证"), organ, rows, frozenset({_SIGNED, _("备注")}), _note(delivery))


def hand_out_slip(office: Office, delivery: Delivery, document: Document, case: Case) -> Slip:
    """领取单, or 邮寄单 for a certificate sent by post (policy §9 row 20)."""
    unit = office.db.get_one(Unit, delivery.unit_id)
    organ = office.db.get_one(Authority, delivery.authority_id).name
    is_post = delivery.way == "post"
    title = _("测绘资质证书邮寄单") if is_post else _("测绘资质证书领取单")
    rows = [
        (_("单位名称"), _unit_words(unit)),
        (_("办件编号"), case.number),
        (_("证书名称"), document.title),
        (_("证书编号"), document.number.partition("/")[0]),
        (_("有效期"), _term(document)),
        *(_post_rows(delivery, unit) if is_post else _pickup_rows(delivery)),
        (_("发放人"), _server(office, delivery)),
        (_("备注"), delivery.remark),
    ]
    note = _("领取人应核对证书所载单位名称、等级、专业类别和有效期，无误后签名。")
    return Slip(title, organ, rows, frozenset({_RECEIVED}), "" if is_post else note)


def has_slip(delivery: Delivery, document: Document) -> bool:
    """Only certificates are handed out, and only on paper."""
    return document.qualification_id is not None and delivery.way != ELECTRONIC


def require_printable(slip: Slip) -> None:
    """Raise PaperRefused while it could not be printed as it stands."""
    try:
        check_slip(slip)
    except MissingGlyphs as error:
        raise PaperRefused(slip.title, error.problems) from error


def moment_words(when: datetime | None) -> str:
    """2026年11月20日14时05分, Asia/Shanghai; empty for none."""
    if when is None:
        return ""
    at = when.astimezone(OFFICE_ZONE)
    return f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02d}分"


def _post_rows(delivery: Delivery, unit: Unit) -> list[tuple[str, str]]:
    return [
        (_("收件地址"), delivery.place or unit.registered_address),
        (_("邮寄单号"), delivery.tracking),
        (_("签收人"), delivery.receiver),
        (_("签收时间"), moment_words(delivery.reached_at)),
    ]


def _pickup_rows(delivery: Delivery) -> list[tuple[str, str]]:
    return [
        (_("领取时间"), moment_words(delivery.reached_at)),
        (_("领取地点"), delivery.place),
        (_("领取人"), delivery.receiver),
        (_("与单位的关系"), delivery.relation),
        (_RECEIVED, ""),
    ]


def _unit_words(unit: Unit) -> str:
    return _("{name}（{uscc}）").format(name=unit.name, uscc=unit.uscc) if unit.uscc else unit.name


def _term(document: Document) -> str:
    facts = document.facts
    return f"{day_words(facts['valid_from'])}至{day_words(facts['valid_until'])}"


def _signature(office: Office, delivery: Delivery) -> str:
    if delivery.way != ELECTRONIC:
        return delivery.receiver
    if delivery.read_at is None:
        return _("电子送达，收件人尚未查阅")
    reader = office.db.get(Account, delivery.read_by) if delivery.read_by else None
    return _("{name}（账号 {username}）于{at}首次查阅").format(
        name=reader.name if reader else "",
        username=reader.username if reader else "",
        at=moment_words(delivery.read_at),
    )


def _server(office: Office, delivery: Delivery) -> str:
    if delivery.way == ELECTRONIC:
        return _("测资通系统自动送达")
    server = office.db.get(Account, delivery.recorded_by) if delivery.recorded_by else None
    return server.name if server else ""


def _none(delivery: Delivery, text: str) -> str:
    """无, once the service is over and nobody was named."""
    return text or ("" if delivery.way == AWAITED else _("无"))


def _remark(delivery: Delivery) -> str:
    parts = [_("邮寄单号：") + delivery.tracking if delivery.tracking else "", delivery.remark]
    return "；".join(part for part in parts if part)


def _note(delivery: Delivery) -> str:
    if delivery.way == ELECTRONIC:
        return _("依受送达人的同意电子送达，以文书到达其账号的时间为送达时间。")
    return _("收件人拒绝签收的，写明拒收事由和日期，由见证人签名，文书留在其住所，即为送达。")
