"""What stands against a change of a unit's own facts."""

from gettext import gettext as _

from bpmn.errors.engine import CaseworkError


class UnitFactTaken(CaseworkError):
    """Another unit has come to be called so, or to have this code, since 提交."""

    def __init__(self, facts: tuple[str, ...]) -> None:
        self.facts = facts
        super().__init__(
            _("不能变更：{facts}已被其他单位使用。请退回审查或者不予变更。").format(
                facts="、".join(facts)
            )
        )
