"""What a timer may say: a moment, or a length of time in quotes.

Whatever the engine could only find out when the timer is set, and then stop the case.
"""

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from gettext import gettext as _

from bpmn.engine.expressions import clock_followed, compile_expression
from bpmn.engine.refusals import Finding
from bpmn.errors import ExpressionError

MOST_DAYS = 400
MOST_YEARS = 100
"""Of a length of time: far more than any limit, and short enough to be added to any day."""
_DURATION = re.compile(
    r"P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?", re.ASCII
)
_HOURS = 3600
_SECONDS = (*(days * 24 * _HOURS for days in (366, 31, 7, 1)), _HOURS, 60, 1)
"""Of each part of a length, at most, in the order in which they are written."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Of a moment: on either side of it days can still be counted."""
_BARE = re.compile(r"[-+]?P?T?\d+[YMWDHS](T?\d+[YMWDHS])*", re.ASCII)
_EXAMPLE = _('如 due("时限")、working_days(5)')


def check_timer_text(text: str, is_duration: bool) -> Iterator[Finding]:
    """What is wrong with the text of timeDate, or of timeDuration."""
    text = text.strip()
    if not text:
        yield _("定时器没有写时间"), _("写上时间，{example}").format(example=_EXAMPLE)
    elif _BARE.fullmatch(text):
        yield _unquoted(text)
    else:
        yield from _check_compiled(text, is_duration)


def _unquoted(text: str) -> Finding:
    length = text.lstrip("+-")
    length = length if length.startswith("P") else f"P{length}"
    mend = _('写成 "{length}"，或者 due("时限")、working_days(5)').format(length=length)
    return _("时长“{text}”没有加引号").format(text=text[:60]), mend


def _check_compiled(text: str, is_duration: bool) -> Iterator[Finding]:
    try:
        compile_expression(text)
    except ExpressionError as error:
        yield str(error), error.mend or _("改写时间，{example}").format(example=_EXAMPLE)
        return
    if clock_followed(text) and not is_duration:
        return
    tree = ast.parse(text, mode="eval").body
    if any(_called(node) == "due" for node in ast.walk(tree)):
        yield (
            _('跟随时限的定时器应只写 due("时限")'),
            _('选“时间”（timeDate），只写 due("时限") 这样的一项'),
        )
    else:
        yield from _check_time(tree, is_duration)


def _called(node: ast.AST) -> str:
    """The name of the function that is called here, if one is."""
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def _check_time(tree: ast.expr, is_duration: bool) -> Iterator[Finding]:
    """Whatever may come out of the expression has to be a time; of a name its setter says it."""
    if isinstance(tree, ast.Constant):
        yield from _check_constant(tree.value, is_duration)
    elif isinstance(tree, ast.IfExp):
        yield from _check_time(tree.body, is_duration)
        yield from _check_time(tree.orelse, is_duration)
    elif isinstance(tree, ast.Call) and _called(tree) == "working_days":
        yield from _check_call(tree, is_duration)
    elif not isinstance(tree, ast.Name):
        yield (
            _("定时器的时间不能这样计算"),
            _("写一个时间或者变量的名称，{example}").format(example=_EXAMPLE),
        )


def _check_constant(value: object, is_duration: bool) -> Iterator[Finding]:
    text = value if isinstance(value, str) else ""
    is_length = _DURATION.fullmatch(text) is not None
    if is_duration and not is_length:
        yield (
            _("“{value}”不是时长").format(value=str(value)[:60]),
            _("写成 P 开头的时长，如 {example}").format(example='"P14D"'),
        )
    elif is_duration and _is_too_long(text):
        yield (
            _("时长“{value}”超过 {most} 年").format(value=text[:60], most=MOST_YEARS),
            _("写短一些，如 {example}").format(example='"P14D"'),
        )
    elif not is_duration and is_length:
        yield (
            _("时间（timeDate）里写的是时长“{value}”").format(value=text[:60]),
            _("改选“时长”（timeDuration），或者写时间，{example}").format(example=_EXAMPLE),
        )
    elif not is_duration and not _is_moment(text):
        yield (
            _("“{value}”不是带时区的时间，或者不在 {first} 至 {last} 年").format(
                value=str(value)[:60], first=FIRST_YEAR, last=LAST_YEAR
            ),
            _("写成 2026-07-01T00:00:00+08:00 这样，{example}").format(example=_EXAMPLE),
        )


def _is_moment(text: str) -> bool:
    """A moment with its zone, in a year whose neighbours can still be counted."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return moment.tzinfo is not None and FIRST_YEAR <= moment.year <= LAST_YEAR


def _is_too_long(text: str) -> bool:
    found = _DURATION.fullmatch(text)
    if found is None:
        return False
    parts = zip(found.group(1, 2, 3, 4, 6, 7, 8), _SECONDS, strict=True)
    seconds = sum(int(part[:-1]) * each for part, each in parts if part)
    return seconds > MOST_YEARS * _SECONDS[0]


def _check_call(call: ast.Call, is_duration: bool) -> Iterator[Finding]:
    if is_duration:
        yield (
            _("{name}(…) 算出的是时间，不是时长").format(name=_called(call)),
            _("改选“时间”（timeDate），或者写时长，如 {example}").format(example='"P14D"'),
        )
    elif not _has_days(call):
        yield (
            _("working_days 要有一个 1 到 {most} 的整数").format(most=MOST_DAYS),
            _("写成 working_days(5) 这样"),
        )


def has_countable_days(text: str) -> bool:
    """Whether each call of working_days in the expression has a number that can be counted."""
    tree = ast.parse(text.strip(), mode="eval")
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call)]
    return all(_has_days(one) for one in calls if _called(one) == "working_days")


def _has_days(call: ast.Call) -> bool:
    if len(call.args) != 1:
        return False
    days = call.args[0]
    if isinstance(days, ast.Constant):
        return type(days.value) is int and 1 <= days.value <= MOST_DAYS
    return isinstance(days, ast.Name)
