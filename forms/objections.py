"""The forms of objections: what anyone hands in during a notice, and the organ's answers.

The outcome of the handling follows from the answers: one that stands is enough (policy 2.2).
"""

from collections.abc import Iterator, Mapping
from gettext import gettext as _
from typing import Any

from wtforms import FieldList, Form, FormField, HiddenField

from forms import fields
from forms.base import TaskForm

UPHELD, DISMISSED = "upheld", "dismissed"
VERDICTS = [(DISMISSED, _("不成立")), (UPHELD, _("成立"))]
MOST_HANDLED = 2000


class ObjectionForm(TaskForm):
    """异议: anyone may object within the notice period, with a name and a way to answer."""

    title = _("提出异议")

    name = fields.TextField(_("姓名或单位名称"), limit=100, attributes={"autocomplete": "name"})
    mobile = fields.MobileField(_("手机号码"), required=False)
    email = fields.EmailField(_("电子邮箱"), required=False)
    content = fields.LongTextField(
        _("异议内容"), limit=2000, rows=8, help=_("写明事实和依据。最多 2000 字。")
    )

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield a way to answer that is missing."""
        if not (self.mobile.data or self.email.data):
            yield "mobile", _("手机号码和电子邮箱至少填写一项，以便答复。")


class StatementForm(TaskForm):
    """陈述: what the unit that applies has to say within the notice period (R305)."""

    title = _("在线陈述")

    content = fields.LongTextField(
        _("陈述内容"), limit=2000, rows=8, help=_("写明事实、理由和依据。最多 2000 字。")
    )


class LookupForm(TaskForm):
    """What became of an objection: told to who knows its number and the contact it came with."""

    title = _("查询异议处理情况")

    number = fields.TextField(_("异议编号"), limit=60, help=_("例如：西安测资异〔2026〕3号"))
    contact = fields.TextField(
        _("手机号码或者电子邮箱"), limit=254, help=_("填写提交异议时留下的一项。")
    )


class ObjectionAnswer(Form):
    """The organ's answer to one objection or statement."""

    objection = HiddenField()
    verdict = fields.RadioField(_("核实结论"), choices=VERDICTS)
    reasons = fields.LongTextField(_("答复和理由"), limit=1800, rows=3)


class HandleObjectionForm(TaskForm):
    """异议处理: every open objection is answered by itself, with the reasons.

    ``choices["objections"]`` are those that are open; `has_newcomers` says that the post did not
    know one of them.
    """

    title = _("异议处理")
    wants = ("objections",)

    handled = FieldList(FormField(ObjectionAnswer), label=_("逐件答复"), max_entries=MOST_HANDLED)
    investigated_on = fields.DateField(_("核实日期"), required=False, past=True)

    def __init__(
        self,
        formdata: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        **handed: Any,
    ) -> None:
        super().__init__(formdata, data, **handed)
        self.open = dict((handed.get("choices") or {}).get("objections", ()))
        known = {entry.form.objection.data: entry for entry in self.handled.entries}
        missing = [key for key in self.open if key not in known]
        self.has_newcomers = formdata is not None and bool(missing)
        self.handled.entries = [entry for key, entry in known.items() if key in self.open]
        for key in missing:
            self.handled.append_entry({"objection": key})
        self._hand_out_choices(self)

    def answers(self) -> dict[str, Any]:
        """The answers by objection; the outcome is that one stands, or none."""
        given = super().answers()
        upheld = any(one["verdict"] == UPHELD for one in given["handled"])
        told = [
            _("{number}{verdict}：{reasons}").format(
                number=self.open[one["objection"]],
                verdict=dict(VERDICTS)[one["verdict"]],
                reasons=one["reasons"],
            )
            for one in given["handled"]
        ]
        outcome = UPHELD if upheld else DISMISSED
        return {**given, "outcome": outcome, "opinion": "\n".join(told)}


FORMS: Mapping[str, type[TaskForm]] = {"handle_objection": HandleObjectionForm}
