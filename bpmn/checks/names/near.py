"""What to say of a name that means nothing here, and which ones its writer may have meant."""

from collections.abc import Collection, Iterator, Mapping
from gettext import gettext as _

from bpmn.engine.misspelling import close_to

Finding = tuple[str, str]
"""What is wrong, and how it is put right."""
_NO_LABELS: Mapping[str, str] = {}
_FEW = 8
_LONG = 60


def unknown(
    what: str, name: str, known: Collection[str], labels: Mapping[str, str] = _NO_LABELS
) -> Iterator[Finding]:
    """Nothing if the name is known; `what` says what kind of thing it would be the name of.

    `labels` are what people call the known ones.
    """
    if not name:
        yield _("没有指定{what}").format(what=what), offer(what, "", known, labels)
    elif name not in known:
        message = _("没有名为“{name}”的{what}").format(name=shown(name), what=what)
        yield message, offer(what, name, known, labels)


def offer(
    what: str, name: str, known: Collection[str], labels: Mapping[str, str] = _NO_LABELS
) -> str:
    """The names that are close to the one written, or else all of them where they are few.

    Whoever comes close to a code has written it by hand, and needs the code beside the words.
    """
    if close := close_to(name, known):
        both = [_with_code(one, labels) for one in close]
        return _("是不是：{names}").format(names="、".join(both))
    if 0 < len(known) <= _FEW:
        own = [*(one for one in labels if one in known), *sorted(set(known) - labels.keys())]
        names = "、".join(labels.get(one) or one for one in own)
        return _("可以用：{names}").format(names=names)
    return _("从已有的{what}中选择一个").format(what=what)


def _with_code(name: str, labels: Mapping[str, str]) -> str:
    label = labels.get(name, "")
    return _("{label}（{name}）").format(label=label, name=name) if label else name


def shown(text: str) -> str:
    """Text as a sentence can bear it."""
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"
