"""What is wrong with a wording before it may be kept, each fault with its line and its name."""

from collections.abc import Iterator, Mapping
from gettext import gettext as _
from html.parser import HTMLParser
from typing import Any

import nh3

from certificates import fonts
from certificates.wording.fields import Field, fields_of
from certificates.wording.grammar import (
    PLACE,
    TAGS,
    Fault,
    Node,
    Text,
    places_in,
    read_wording,
    texts_in,
)
from certificates.wording.writing import plain_html

MOST_CHARACTERS = 20_000


def check_wording(kind: str, body: str) -> list[Fault]:
    """Every fault, in the order of the lines; none when an organ may use it for this kind.

    Nothing of it is run: it is read by our grammar, and what a browser would make of it is asked
    of nh3, whose answer must be the same.
    """
    if not body.strip():
        return [Fault(0, _("正文不能为空；要用出厂文字，请点“恢复出厂文字”。"))]
    if len(body) > MOST_CHARACTERS:
        return [Fault(0, _("正文最多 {n} 个字符。").format(n=MOST_CHARACTERS))]
    tree, faults = read_wording(body)
    faults += [*_field_faults(kind, tree), *_glyph_faults(tree), *_missing(kind, tree)]
    if not faults and _as_read(body) != _as_read(plain_html(tree)):
        faults = [Fault(0, _("正文中的标签不完整或没有正确嵌套，请逐个检查标签的开始和结束。"))]
    return sorted(faults, key=lambda fault: (not fault.line, fault.line))


def _field_faults(kind: str, tree: Node) -> Iterator[Fault]:
    fields = fields_of(kind)
    for name, line in places_in(tree):
        if name not in fields:
            yield Fault(line, _("没有“{name}”这个字段，请从字段列表中选用。").format(name=name))
    yield from _misplaced(tree, fields, at_top=True)


def _misplaced(node: Node, fields: Mapping[str, Field], *, at_top: bool) -> Iterator[Fault]:
    """Tables and parts that stand elsewhere than at the end of a paragraph of their own."""
    for place, part in enumerate(node.holds):
        if isinstance(part, Node):
            yield from _misplaced(part, fields, at_top=not node.tag)
            continue
        is_tail = node.tag == "p" and at_top and place == len(node.holds) - 1
        yield from _middle(part, fields, is_tail)


def _middle(text: Text, fields: Mapping[str, Field], is_tail: bool) -> Iterator[Fault]:
    for found in PLACE.finditer(text.words):
        field = fields.get(found[1])
        ends = is_tail and not text.words[found.end() :].strip()
        if field is not None and field.is_block and not ends:
            words = _("“{name}”自成段落，只能放在一段的末尾。").format(name=found[1])
            yield Fault(text.line + text.words.count("\n", 0, found.start()), words)


def _glyph_faults(tree: Node) -> Iterator[Fault]:
    for text in texts_in(tree):
        missing = fonts.missing_characters(text.words.replace("\n", "").replace("\t", ""))
        if missing:
            words = _("{characters} 无法打印，请改用规范字。")
            yield Fault(text.line, words.format(characters=fonts.name_characters(missing)))


def _missing(kind: str, tree: Node) -> Iterator[Fault]:
    named = {name for name, _line in places_in(tree)}
    for field in fields_of(kind).values():
        if field.kept and field.label not in named:
            words = _("必须保留字段“{name}”：{why}")
            yield Fault(0, words.format(name=field.label, why=_WHY.get(field.source, _FACT)))


_FACT = _("文书没有它就不完整。")
_WHY = {
    "law": _("文书应当写明法律依据。"),
    "remedies": _("不利决定应当告知救济途径（行政许可法第三十八条）。"),
}


def _as_read(html: str) -> list[str]:
    """What a browser's parser sees: tags and words, but for what it adds by itself."""
    cleaned = nh3.clean(html, tags=set(TAGS), attributes={}, clean_content_tags=set())
    tree = _Events()
    tree.feed(cleaned)
    tree.close()
    return tree.events


class _Events(HTMLParser):
    """Tags and words in their order; paragraphs and table bodies come and go without a word."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, Any]]) -> None:
        if tag not in ("p", "tbody"):
            self.events.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("p", "tbody"):
            self.events.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        words = "".join(data.split())
        if words and self.events and not self.events[-1].startswith("<"):
            self.events[-1] += words
        elif words:
            self.events.append(words)
