"""What to say of a name that means nothing here, and which ones its writer may have meant."""

from collections.abc import Collection, Iterator
from gettext import gettext as _

from bpmn.engine.misspelling import close_to

Finding = tuple[str, str]
"""What is wrong, and how it is put right."""
_FEW = 8
_LONG = 60


def unknown(what: str, name: str, known: Collection[str]) -> Iterator[Finding]:
    """Nothing if the name is known; `what` says what kind of thing it would be the name of."""
    if not name:
        yield _("没有指定{what}").format(what=what), offer(what, "", known)
    elif name not in known:
        message = _("没有名为“{name}”的{what}").format(name=shown(name), what=what)
        yield message, offer(what, name, known)


def offer(what: str, name: str, known: Collection[str]) -> str:
    """The names that are close to the one written, or else all of them where they are few."""
    if close := close_to(name, known):
        return _("是不是：{names}").format(names="、".join(close))
    if 0 < len(known) <= _FEW:
        return _("可以用：{names}").format(names="、".join(sorted(known)))
    return _("从已有的{what}中选择一个").format(what=what)


def shown(text: str) -> str:
    """Text as a sentence can bear it."""
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"
