"""文书文字: the editor of an organ's wording of one kind of paper."""

from gettext import gettext as _

from forms import fields
from forms.base import TaskForm


class WordingForm(TaskForm):
    """The body of a paper, why it is changed, and the case to try it on."""

    title = _("文书文字")

    body = fields.LongTextField(
        _("正文"),
        limit=20_000,
        rows=22,
        help=_("一行就是一段；表格、编号和小标题用标签。字段写成 {{名称}}，出具时换成办件的内容。"),
    )
    note = fields.TextField(
        _("修改说明"), required=False, limit=200, help=_("改了什么，依据什么。")
    )
    case = fields.TextField(_("预览所用的办件编号"), required=False, limit=40)
