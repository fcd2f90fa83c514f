"""How the fields of a page stand together, and what the columns of its table are."""

from collections.abc import Callable, Mapping
from gettext import gettext as _
from typing import Any

from forms import TaskForm
from forms.equipment import CONDITION, OWNERSHIP
from forms.masking import mask_id_number, mask_mobile
from forms.staff import CATEGORIES, EDUCATION
from forms.unit_changes import CHANGEABLE
from models import DossierRow
from models.standards import Standard

Column = tuple[str, str]
Cell = Callable[[Mapping[str, Any], Standard], str]

SECTIONS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "unit_basics": (
        (
            _("登记信息"),
            (
                "unit_name",
                "uscc",
                "legal_representative",
                "unit_nature",
                "established_on",
                "registered_capital",
            ),
        ),
        (
            _("所在地"),
            (
                "province",
                "city",
                "county",
                "registered_address",
                "office_address",
                "postal_code",
                "office_area",
            ),
        ),
        (_("联系方式"), ("phone", "fax", "email")),
    ),
    "unit_changes": (
        *((label, (f"present_{fact}", f"new_{fact}")) for fact, label in CHANGEABLE.items()),
        (_("登记和联系"), ("changed_on", "contact_name", "contact_mobile", "declaration")),
    ),
    "leaders": (
        (
            _("法定代表人"),
            ("legal_name", "legal_id_number", "legal_position", "legal_mobile", "legal_phone"),
        ),
        (
            _("分管资质申报领导"),
            (
                "same_as_legal",
                "leader_name",
                "leader_id_number",
                "leader_position",
                "leader_mobile",
                "leader_phone",
            ),
        ),
    ),
    "staff": (
        (_("本人"), ("name", "id_number", "mobile", "category", "nationality")),
        (
            _("职称"),
            (
                "title_name",
                "title_level",
                "title_subject",
                "title_number",
                "title_issuer",
                "title_issued_on",
                "title_review_url",
            ),
        ),
        (_("学历"), ("education", "major", "school")),
        (
            _("劳动合同和社保"),
            ("contract_from", "contract_until", "insurance_from", "insurance_until"),
        ),
        (_("其他情况"), ("retired", "legacy", "secrecy_post", "secrecy_training_number")),
    ),
    "equipment": (
        (_("仪器"), ("kind", "model", "manufacturer", "serial_number", "place")),
        (_("购置和所有权"), ("purchased_on", "price", "invoice_number", "ownership", "condition")),
        (_("检定"), ("calibration_number", "calibrated_until")),
    ),
}
_CATEGORIES, _OWNERSHIP, _CONDITION = dict(CATEGORIES), dict(OWNERSHIP), dict(CONDITION)
_EDUCATION = dict(EDUCATION)


def sections_of(page: str, form: TaskForm) -> list[tuple[str, list[Any]]]:
    """(title, fields) of each section; what no section names stands in a last one of its own."""
    wanted = SECTIONS.get(page, ())
    named = {name for _title, names in wanted for name in names}
    sections = [(title, [form[name] for name in names if name in form]) for title, names in wanted]
    rest = [field for field in form if field.name not in named]
    return [*sections, ("", rest)] if rest else sections


def _title(values: Mapping[str, Any], _standard: Standard) -> str:
    return " ".join(
        part for part in (values.get("title_name"), values.get("title_subject")) if part
    )


def _own(values: Mapping[str, Any], _standard: Standard) -> str:
    parts = (
        _OWNERSHIP.get(values.get("ownership", ""), ""),
        _CONDITION.get(values.get("condition", ""), ""),
    )
    return "、".join(part for part in parts if part)


def _specialty(values: Mapping[str, Any], standard: Standard) -> str:
    found = standard.specialties.get(values.get("specialty", ""))
    return found.name if found else ""


def _amount(values: Mapping[str, Any], _standard: Standard) -> str:
    return f"{float(values.get('amount') or 0):,.2f}"


def _period(values: Mapping[str, Any], _standard: Standard) -> str:
    return " / ".join(values.get(name) or "—" for name in ("signed_on", "completed_on"))


def _plain(name: str) -> Cell:
    return lambda values, _standard: str(values.get(name) or "")


_COLUMNS: Mapping[str, tuple[tuple[Column, Cell], ...]] = {
    "staff": (
        ((_("身份证号"), "tabular"), lambda v, _s: mask_id_number(v.get("id_number", ""))),
        ((_("类别"), ""), lambda v, _s: _CATEGORIES.get(v.get("category", ""), "")),
        ((_("职称"), "is-spare"), _title),
        ((_("手机号码"), "tabular is-spare"), lambda v, _s: mask_mobile(v.get("mobile") or "")),
    ),
    "equipment": (
        ((_("规格型号"), "is-spare"), _plain("model")),
        ((_("出厂编号"), "tabular"), _plain("serial_number")),
        ((_("购置日期"), "tabular is-spare"), _plain("purchased_on")),
        ((_("所有权和状态"), "is-spare"), _own),
    ),
    "projects": (
        ((_("专业类别"), "is-spare"), _specialty),
        ((_("委托单位"), "is-spare"), _plain("client")),
        ((_("金额（元）"), "num"), _amount),
        ((_("签订 / 完成"), "tabular is-spare"), _period),
    ),
}
FORMER_COLUMNS: tuple[Column, ...] = (
    (_("身份证号"), "tabular"),
    (_("原认定类别"), ""),
    (_("职称"), "is-spare"),
    (_("学历和专业"), "is-spare"),
)
"""What is shown of a person of the old system beside the name."""
_FIRST: Mapping[str, tuple[str, str]] = {
    "staff": (_("姓名"), "name"),
    "equipment": (_("装备名称"), "kind"),
    "projects": (_("项目名称"), "name"),
}


def columns_of(page: str) -> list[Column]:
    """(word, class) of the columns between the row's name and its files."""
    return [column for column, _cell in _COLUMNS[page]]


def name_column(page: str) -> str:
    return _FIRST[page][0]


def name_of(page: str, row: DossierRow) -> str:
    return str(row.values.get(_FIRST[page][1], row.label))


def cells_of(page: str, row: DossierRow, standard: Standard) -> list[str]:
    return [cell(row.values, standard) for _column, cell in _COLUMNS[page]]


def former_cells(values: Mapping[str, Any]) -> list[str]:
    """The cells of FORMER_COLUMNS."""
    education = _EDUCATION.get(values.get("education", ""), "")
    return [
        mask_id_number(values.get("id_number") or ""),
        _CATEGORIES.get(values.get("category", ""), ""),
        " ".join(filter(None, (values.get("title_name"), values.get("title_subject")))),
        " ".join(filter(None, (education, values.get("major")))),
    ]
