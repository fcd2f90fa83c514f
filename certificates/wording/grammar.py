"""The little HTML of a wording, read strictly: each tag in its place, without attributes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from html.parser import HTMLParser
from typing import Any

BLOCKS = frozenset({"p", "h2", "ol", "ul", "table"})
INLINE = frozenset({"strong", "em"})
_TEXTUAL = INLINE | {"br"}
_ROWS = frozenset({"tr"})
INSIDE: Mapping[str, frozenset[str]] = {
    "": BLOCKS,
    "p": _TEXTUAL,
    "h2": _TEXTUAL,
    "strong": frozenset({"em", "br"}),
    "em": frozenset({"strong", "br"}),
    "ol": frozenset({"li"}),
    "ul": frozenset({"li"}),
    "li": _TEXTUAL,
    "table": frozenset({"thead", "tbody", "tr"}),
    "thead": _ROWS,
    "tbody": _ROWS,
    "tr": frozenset({"th", "td"}),
    "th": _TEXTUAL,
    "td": _TEXTUAL,
}
"""What may stand directly inside what; a line of text of its own is a paragraph."""
DEEPEST = 12
"""Elements in each other; a real paper has five, and what is drawn goes through them in turn."""
TAGS = frozenset(INSIDE) - {""} | {"br"}
HOLDS_TEXT = frozenset({"p", "h2", "li", "th", "td", "strong", "em"})
# Possessive throughout: a page of blanks behind two braces is gone through once, not cubed.
PLACE = re.compile(r"\{\{\s*+((?:[^{}\s]++(?:[^\S\n]++(?=[^{}\s]))?+)*+)\s*+\}\}")
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}")


@dataclass
class Node:
    """An element with what it holds: other elements and text."""

    tag: str
    line: int
    holds: list["Node | Text"] = field(default_factory=list)
    bare: bool = False
    """A paragraph that was typed without its tag."""


@dataclass(frozen=True)
class Text:
    """A run of text, fields still between braces, and the line where it begins."""

    words: str
    line: int


@dataclass(frozen=True)
class Fault:
    """What is wrong, in a sentence, and in which line of what was typed; 0 for the whole."""

    line: int
    sentence: str

    def __str__(self) -> str:
        """As an officer reads it."""
        if not self.line:
            return self.sentence
        return _("第 {line} 行：{sentence}").format(line=self.line, sentence=self.sentence)


def read_wording(body: str) -> tuple[Node, list[Fault]]:
    """The tree of what was typed, with every fault; only a tree without faults may be written."""
    reader = _Reader()
    reader.feed(body.replace("\r\n", "\n"))
    reader.close()
    reader.end()
    faults = [*reader.faults, *_stray_braces(reader.root)]
    return reader.root, sorted(faults, key=lambda fault: fault.line)


def places_in(node: Node) -> Iterator[tuple[str, int]]:
    """Each field that is named, with its line."""
    for part in node.holds:
        if isinstance(part, Node):
            yield from places_in(part)
            continue
        for found in PLACE.finditer(part.words):
            yield found[1], part.line + part.words.count("\n", 0, found.start())


def texts_in(node: Node) -> Iterator[Text]:
    """Every run of text."""
    for part in node.holds:
        if isinstance(part, Node):
            yield from texts_in(part)
        else:
            yield part


class _Reader(HTMLParser):
    """Builds the tree, and says of each tag that may not stand where it stands."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", 0)
        self.faults: list[Fault] = []
        self._open = [self.root]
        self._refused: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        line = self.getpos()[0]
        if tag not in TAGS:
            self._fault(line, _("不能使用 <{tag}>。").format(tag=tag))
            self._refused.add(tag)
            return
        for name, _value in attrs:
            words = _("<{tag}> 不能带有属性 {name}。").format(tag=tag, name=name)
            self._fault(line, words)
        self._close_bare_paragraph(tag)
        here = self._open[-1]
        if len(self._open) > DEEPEST:
            self._fault(line, _("标签嵌套最多 {n} 层。").format(n=DEEPEST))
            return
        if tag not in INSIDE[here.tag]:
            self._fault(line, _misplaced(tag, here.tag))
        node = Node(tag, line)
        here.holds.append(node)
        if tag != "br":
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag != "br" and tag in TAGS:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        line = self.getpos()[0]
        if tag in self._refused:
            return  # said where it begins
        if tag not in TAGS or tag == "br":
            self._fault(line, _("不能使用 </{tag}>。").format(tag=tag))
        elif self._open[-1].tag == tag and not self._open[-1].bare:
            self._open.pop()
        else:
            words = _("</{tag}> 没有与之对应的 <{tag}>，或者中间的标签没有结束。")
            self._fault(line, words.format(tag=tag))

    def handle_data(self, data: str) -> None:
        line = self.getpos()[0]
        here = self._open[-1]
        if here is self.root or here.bare:
            self._bare_lines(data, line)
        elif here.tag in HOLDS_TEXT:
            here.holds.append(Text(data, line))
        elif data.strip():
            self._fault(line, _("<{tag}> 里不能直接写文字。").format(tag=here.tag))

    def handle_comment(self, data: str) -> None:
        self._fault(self.getpos()[0], _("不能使用注释。"))

    def handle_decl(self, decl: str) -> None:
        self._fault(self.getpos()[0], _("不能使用 <!…>。"))

    def unknown_decl(self, data: str) -> None:
        self._fault(self.getpos()[0], _("不能使用 <!…>。"))

    def handle_pi(self, data: str) -> None:
        self._fault(self.getpos()[0], _("不能使用 <?…>。"))

    def end(self) -> None:
        """Say which elements were left open."""
        self._close_bare_paragraph("")
        for node in self._open[1:]:
            self._fault(node.line, _("<{tag}> 没有结束。").format(tag=node.tag))

    def _bare_lines(self, data: str, line: int) -> None:
        """Lines without a tag: each is a paragraph, which tags like <strong> may go on."""
        for order, words in enumerate(data.split("\n")):
            if order:
                self._close_bare_paragraph("")
            if words.strip():
                self._bare_paragraph(line + order).holds.append(Text(words, line + order))

    def _bare_paragraph(self, line: int) -> Node:
        if not self._open[-1].bare:
            paragraph = Node("p", line, bare=True)
            self.root.holds.append(paragraph)
            self._open.append(paragraph)
        return self._open[-1]

    def _close_bare_paragraph(self, tag: str) -> None:
        """A block ends the paragraph that has no tag; a word in bold begins or goes on with it."""
        if self._open[-1].bare and tag not in _TEXTUAL:
            self._open.pop()
        elif self._open[-1] is self.root and tag in _TEXTUAL:
            self._bare_paragraph(self.getpos()[0])

    def _fault(self, line: int, sentence: str) -> None:
        self.faults.append(Fault(line, sentence))


def _misplaced(tag: str, inside: str) -> str:
    if not inside:
        return _("<{tag}> 不能单独使用。").format(tag=tag)
    return _("<{tag}> 不能放在 <{inside}> 里。").format(tag=tag, inside=inside)


def _stray_braces(node: Node) -> Iterator[Fault]:
    for text in texts_in(node):
        left = PLACE.sub(lambda hit: " " * len(hit[0]), text.words)
        for found in _STRAY.finditer(left):
            line = text.line + left.count("\n", 0, found.start())
            words = _("“{braces}”没有配成一个字段，字段应写成 {{{{名称}}}}，中间不能有标签。")
            yield Fault(line, words.format(braces=found[0]))
