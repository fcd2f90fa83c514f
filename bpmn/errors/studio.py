"""What can go wrong in the process studio: drafts, files brought in, proposals."""

from datetime import datetime
from gettext import gettext as _

from bpmn.errors.engine import CaseworkError


class DiagramDraftNotFound(CaseworkError):
    """There is no such draft, or it was given up."""

    def __init__(self) -> None:
        super().__init__(_("没有这份草稿，或者它已被放弃。"))


class DiagramDraftMoved(CaseworkError):
    """Somebody saved the draft since it was opened; nothing of either is lost."""

    def __init__(self, revision: int, saved_by: str, saved_at: datetime) -> None:
        self.revision, self.saved_by, self.saved_at = revision, saved_by, saved_at
        words = _("{name}刚刚保存了这份草稿，您的改动还没有保存。可以另存为新草稿，两边都不丢失。")
        super().__init__(words.format(name=saved_by or _("另一人")))


class DiagramFileRefused(CaseworkError):
    """A file that cannot be kept in a draft: its name, or what it holds."""


class DiagramTooLarge(CaseworkError):
    """More files, bytes or elements than a draft may have."""


class ProposalNotFound(CaseworkError):
    """There is no such proposal to deploy."""

    def __init__(self) -> None:
        super().__init__(_("没有这项部署申请。"))


class OwnProposal(CaseworkError):
    """Four eyes: who proposed it may not decide it."""

    def __init__(self) -> None:
        super().__init__(_("部署须由提出申请之外的另一位管理员决定。"))


class ProposalRefused(CaseworkError):
    """It may not be proposed, or not be decided, as things stand; says why."""


class MigrationRefused(CaseworkError):
    """Cases cannot be moved just now: `reason` says what comes first."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class MoveStays(CaseworkError):
    """The case can no longer be put back on the version it came from."""

    def __init__(self, number: str, reason: str) -> None:
        self.number, self.reason = number, reason
        words = _("办件 {number} 不能撤销迁移：{reason}")
        super().__init__(words.format(number=number, reason=reason))
