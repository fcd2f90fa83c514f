"""Changing a list inside a posted form without saving anything: adding and removing one item.

Whatever else was typed stays as it is; no script is needed.
"""

import re

from werkzeug.datastructures import MultiDict

_ITEM = re.compile(r"(?P<list>[a-z_]+)-(?P<order>\d{1,4})-(?P<field>[a-z_]+)")
_BUTTONS = frozenset({"csrf_token", "add", "remove", "draft", "reveal", "outcome"})

Posted = MultiDict[str, str]


def typed(posted: Posted) -> dict[str, list[str]]:
    """What a person typed, without the buttons and the token: to be kept as a draft."""
    return {name: posted.getlist(name) for name in posted if name not in _BUTTONS}


def with_item(posted: Posted, name: str, field: str) -> Posted:
    """One more, empty item at the end of the list called `name`; `field` is one of its fields."""
    changed = MultiDict(posted)
    order = max(_orders(posted, name), default=-1) + 1
    changed.add(f"{name}-{order}-{field}", "")
    return changed


def without_item(posted: Posted, name: str, order: int) -> Posted:
    """The list without the item of that number; the others keep theirs."""
    prefix = f"{name}-{order}-"
    kept = [(key, value) for key, value in posted.items(multi=True) if not key.startswith(prefix)]
    return MultiDict(kept)


def _orders(posted: Posted, name: str) -> list[int]:
    found = (_ITEM.fullmatch(key) for key in posted)
    return [int(match["order"]) for match in found if match and match["list"] == name]
