"""What a dossier does not take, and why it cannot be submitted."""

from dataclasses import dataclass
from gettext import gettext as _

from bpmn.errors.engine import CaseworkError


class DossierClosed(CaseworkError):
    """During approval nothing can be changed (R060)."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(_("办件 {number} 已提交，审批过程中不能修改。").format(number=number))


class StaleForm(CaseworkError):
    """The page or row was saved elsewhere after this form had been opened."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(_("这一页在您打开之后已被保存过（可能在另一个窗口）。请核对后再次保存。"))


class RowNotFound(CaseworkError):
    def __init__(self, row_id: str) -> None:
        self.row_id = row_id
        super().__init__(_("这一行已不在列表中，可能已被移除。"))


class RowRepeated(CaseworkError):
    """The unit itself lists the same person or instrument already."""

    def __init__(self, label: str) -> None:
        self.label = label
        super().__init__(_("{label}已在本单位的列表中，不能重复添加。").format(label=label))


class HeldElsewhere(CaseworkError):
    """A person or an instrument belongs to one unit only (R029, R030, R079, R083)."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        super().__init__(
            _(
                "已存在于其他单位：{unit}，不予保存。请联系该单位删除；"
                "无法解决的，请联系主管部门协调。"
            ).format(unit=unit)
        )


class NothingContested(CaseworkError):
    """No other unit holds what the row holds: it can simply be added."""

    def __init__(self) -> None:
        super().__init__(_("现在没有其他单位持有，不需要协调，可以直接保存。"))


class DraftTooLong(CaseworkError):
    """More was typed than a form can hold."""

    def __init__(self) -> None:
        super().__init__(_("内容太长，不能暂存，请删减后再试。"))


class DraftsUnsaved(CaseworkError):
    """Something was typed and neither saved nor given up."""

    def __init__(self) -> None:
        super().__init__(_("还有未保存的内容，请先保存或放弃。"))


class PledgeMissing(CaseworkError):
    """The unit has not confirmed its pledge (承诺书) yet, without which nothing is handed in."""

    def __init__(self) -> None:
        """Say what is to be done."""
        super().__init__(_("请先阅读并确认承诺书。"))


class AttachmentNotFound(CaseworkError):
    def __init__(self, attachment_id: str) -> None:
        self.attachment_id = attachment_id
        super().__init__(_("没有找到这个文件。"))


class ImportNotFound(CaseworkError):
    """A table that was dropped, has expired or belongs to another dossier."""

    def __init__(self, import_id: str) -> None:
        self.import_id = import_id
        super().__init__(_("没有找到这次导入，可能已放弃或超过保留期限，请重新上传。"))


@dataclass(frozen=True)
class DossierProblem:
    """One thing that stands in the way of 提交, and where to mend it."""

    page: str
    message: str
    row_id: int | None = None
    field: str | None = None


class SubmissionRefused(CaseworkError):
    """The dossier is not complete or does not meet the standard; all of it at once (R032, R033)."""

    def __init__(self, problems: tuple[DossierProblem, ...]) -> None:
        self.problems = problems
        super().__init__(_("还有 {count} 处需要补充或修改，未能提交。").format(count=len(problems)))
