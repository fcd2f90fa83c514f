"""Which files each page and row takes, when one is required, and which are missing.

Keys name the page or the row form; the files themselves are looked at in ``forms.uploads``.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

Values = Mapping[str, Any]
SURVEYING = ("senior", "mid", "junior")
ACCEPTED_TYPES = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
ACCEPT_ATTRIBUTE = ".jpg,.jpeg,.png,.pdf"
MAX_BYTES = 2 * 1024 * 1024


def always(values: Values) -> bool:
    """Required whatever the values are."""
    return True


def never(values: Values) -> bool:
    """Never required."""
    return False


def _titled(values: Values) -> bool:
    return values.get("category") in SURVEYING and not values.get("legacy")


def _titled_or_learned(values: Values) -> bool:
    """Related people, and those whom the old system recognised by degree and years (R065)."""
    legacy = values.get("category") in SURVEYING and bool(values.get("legacy"))
    return legacy or values.get("category") == "related"


def _retired(values: Values) -> bool:
    return bool(values.get("retired"))


def _insured(values: Values) -> bool:
    return not _retired(values)


def _completed(values: Values) -> bool:
    return bool(values.get("completed_on"))


@dataclass(frozen=True)
class AttachmentKind:
    """One kind of file; when it is required, any of ``instead`` does as well."""

    key: str
    label: str
    required: Callable[[Values], bool] = never
    instead: tuple[str, ...] = ()
    wanted: str = ""
    help: str = ""
    multiple: bool = True

    @property
    def demand(self) -> str:
        """What is asked for, in words: 职称证书或学历证书."""
        return self.wanted or self.label


_PERSON = (
    AttachmentKind("id_card", _("身份证"), always, help=_("正反两面，可放在一页。")),
    AttachmentKind(
        "social_insurance",
        _("社保缴纳证明"),
        _insured,
        help=_("至少近 3 个月，含本月或上月；缴纳单位应为本单位。退休人员以退休材料代替。"),
    ),
    AttachmentKind("title_certificate", _("职称证书"), _titled, ("title_review", "substitute")),
    AttachmentKind(
        "education_certificate",
        _("学历证书"),
        _titled_or_learned,
        ("title_certificate", "title_review", "substitute"),
        wanted=_("职称证书或学历证书"),
    ),
    AttachmentKind("title_review", _("职称评审结果文件")),
    AttachmentKind("retirement_proof", _("退休材料"), _retired),
    AttachmentKind("service_contract", _("劳务合同"), _retired),
    AttachmentKind("labour_contract", _("劳动合同")),
    AttachmentKind(
        "substitute",
        _("其它替代材料"),
        help=_("符合相关政策要求但没有相应证书的人员，上传其它材料代替，由审查人员确认。"),
    ),
)
_EQUIPMENT = (
    AttachmentKind("invoice", _("发票"), always, help=_("所有权证明，抬头应为本单位。")),
    AttachmentKind("photo", _("仪器设备照片"), always, help=_("应能看清出厂编号。")),
    AttachmentKind("calibration", _("检定证书")),
)
_PROJECT = (
    AttachmentKind("contract", _("项目合同"), always, help=_("含甲乙双方、金额和签章页。")),
    AttachmentKind("acceptance", _("成果验收材料"), _completed),
    AttachmentKind("payment", _("发票或到账凭证")),
)
_SECURITY = (
    AttachmentKind("secrecy_body", _("保密机构设立文件"), always),
    AttachmentKind("secrecy_rules", _("涉密测绘成果管理制度"), always),
    AttachmentKind("key_sites", _("保密要害部门部位管理规定"), always),
    AttachmentKind("secrecy_pledges", _("涉密人员保密承诺书"), always),
    AttachmentKind("secrecy_training", _("涉密人员培训证书")),
    AttachmentKind("network_security", _("信息安全保障措施")),
)
_QUALITY = (
    AttachmentKind("quality_body", _("技术和质量管理机构设立文件"), always),
    AttachmentKind("quality_rules", _("质量管理制度"), always),
    AttachmentKind("quality_heads", _("质量负责人和质检人员任命文件"), always),
    AttachmentKind("quality_certificate", _("质量管理体系认证证书")),
)
_ARCHIVES = (
    AttachmentKind("archive_rules", _("测绘成果和资料档案管理制度"), always),
    AttachmentKind("archive_staff", _("档案管理人员任命文件"), always),
    AttachmentKind("archive_room", _("档案存放场所材料"), help=_("保密、防火等条件的照片或说明。")),
)
ATTACHMENTS: dict[str, tuple[AttachmentKind, ...]] = {
    "application": (
        AttachmentKind("application_scan", _("申请书扫描件"), always, help=_("需加盖单位公章。")),
    ),
    "profile": (),
    "unit_basics": (
        AttachmentKind("legal_person_proof", _("营业执照或法人证书"), always),
        AttachmentKind("office_proof", _("办公场所证明")),
    ),
    "leaders": (
        AttachmentKind("legal_representative_id", _("法定代表人身份证"), always),
        AttachmentKind("leader_appointment", _("分管资质申报领导任职文件")),
    ),
    "security": _SECURITY,
    "quality": _QUALITY,
    "archives": _ARCHIVES,
    "person": _PERSON,
    "equipment": _EQUIPMENT,
    "project": _PROJECT,
}


def kind_of(place: str, key: str) -> AttachmentKind | None:
    """The kind of file called ``key`` of a page or row form, None when there is none."""
    return next((kind for kind in ATTACHMENTS.get(place, ()) if kind.key == key), None)


def missing_attachments(place: str, values: Values, present: Collection[str]) -> list[str]:
    """A sentence for each file that a page or row form demands and does not have."""
    return [
        _("缺少%s。") % kind.demand
        for kind in ATTACHMENTS.get(place, ())
        if kind.required(values) and not {kind.key, *kind.instead} & set(present)
    ]
