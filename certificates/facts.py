"""The check of facts before they are frozen: complete, of the right shape, printable."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from gettext import gettext as _
from typing import Any

from certificates import fonts
from certificates.kinds import KINDS, Fact, Shape


class FactsRejected(ValueError):
    """The facts cannot become this paper; `problems` has one Chinese sentence for each fault."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Keep the problems; the message joins them."""
        super().__init__("".join(problems))
        self.problems = problems


class MissingGlyphs(FactsRejected):
    """Some characters have no glyph in the packaged fonts; `characters` maps field to them."""

    def __init__(self, characters: Mapping[str, str]) -> None:
        """Name each field with the characters that cannot be printed in it."""
        super().__init__(
            tuple(
                _("“{field}”中的 {characters} 无法打印，请改用规范字或联系管理员。").format(
                    field=field, characters=fonts.name_characters(found)
                )
                for field, found in characters.items()
            )
        )
        self.characters = dict(characters)


def check_facts(kind: str, facts: Mapping[str, Any]) -> None:
    """Refuse facts that could not be printed whole.

    Raises FactsRejected for what is missing, empty, unknown or of another shape, MissingGlyphs
    for characters without a glyph, KeyError for an unknown kind.
    """
    table = KINDS[kind].facts
    problems = [*_unknown(table, facts), *(p for fact in table for p in _faults(fact, facts))]
    if problems:
        raise FactsRejected(tuple(problems))
    missing: dict[str, str] = {}
    for label, text in _texts(table, facts):
        if found := fonts.missing_characters(text):
            missing[label] = missing.get(label, "") + found
    if missing:
        raise MissingGlyphs(missing)


def _unknown(table: tuple[Fact, ...], facts: Mapping[str, Any]) -> Iterator[str]:
    known = {fact.key for fact in table}
    for key in facts:
        if key not in known:
            yield _("文书不使用“{key}”这一项内容。").format(key=key)


def _faults(fact: Fact, facts: Mapping[str, Any]) -> Iterator[str]:
    content = facts.get(fact.key)
    if content is None or content in ("", [], ()):
        if fact.required:
            yield _("缺少“{label}”。").format(label=fact.label)
    elif not _CHECKS[fact.shape](fact, content):
        yield _("“{label}”的内容不完整或格式不对。").format(label=fact.label)


def _is_text(fact: Fact, content: Any) -> bool:
    return isinstance(content, str) and bool(content.strip())


def _is_day(fact: Fact, content: Any) -> bool:
    try:
        return isinstance(content, str) and date.fromisoformat(content).isoformat() == content
    except ValueError:
        return False


def _is_moment(fact: Fact, content: Any) -> bool:
    try:
        moment = datetime.fromisoformat(content) if isinstance(content, str) else None
    except ValueError:
        return False
    # A time without its zone would be printed as whatever clock somebody has in mind.
    return moment is not None and moment.utcoffset() is not None


def _is_count(fact: Fact, content: Any) -> bool:
    return isinstance(content, int) and not isinstance(content, bool) and content >= 1


def _is_address(fact: Fact, content: Any) -> bool:
    return _is_text(fact, content) and content.startswith(("https://", "http://"))


def _is_texts(fact: Fact, content: Any) -> bool:
    return isinstance(content, list | tuple) and all(_is_text(fact, text) for text in content)


def _is_rows(fact: Fact, content: Any) -> bool:
    keys = {key for key, _label in fact.columns}
    return isinstance(content, list | tuple) and all(
        isinstance(row, Mapping) and set(row) == keys and _is_texts(fact, [*row.values()])
        for row in content
    )


_CHECKS: Mapping[Shape, Any] = {
    "text": _is_text,
    "day": _is_day,
    "moment": _is_moment,
    "count": _is_count,
    "address": _is_address,
    "texts": _is_texts,
    "rows": _is_rows,
}


def _texts(table: tuple[Fact, ...], facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for fact in table:
        content = facts.get(fact.key) or ""
        if isinstance(content, str):
            yield fact.label, content
        elif not isinstance(content, int):
            yield from _listed(fact, content)


def _listed(fact: Fact, content: Any) -> Iterator[tuple[str, str]]:
    for place, entry in enumerate(content, start=1):
        if isinstance(entry, str):
            yield fact.label, entry
            continue
        for key, label in fact.columns:
            yield (
                _("{list}第 {place} 项·{column}").format(
                    list=fact.label, place=place, column=label
                ),
                entry[key],
            )
