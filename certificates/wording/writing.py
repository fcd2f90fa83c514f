"""A wording over the facts of one paper: only our own tags, everything else escaped."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from certificates.facts import FactsRejected
from certificates.law import law
from certificates.times import day_words, moment_words
from certificates.wording.fields import Field, fields_of
from certificates.wording.grammar import PLACE, Node, Text, read_wording

Facts = Mapping[str, Any]


class _Left(Exception):  # noqa: N818 — not an error: what holds an empty field is left out
    pass


def wording_html(kind: str, body: str, facts: Facts) -> Markup:
    """The body of the paper. The same wording and facts give the same HTML.

    A paragraph, heading, item or row of a table that names a field which this paper does not
    have is left out whole. Raises FactsRejected for a wording that has faults, as one may whose
    fields the program has given up since.
    """
    tree = _sound_tree(body)
    fields = fields_of(kind)
    try:
        return Markup("\n").join(_blocks(tree.holds, fields, facts))
    except KeyError as error:
        raise FactsRejected((f"{error.args[0]}",)) from None


def plain_html(node: Node) -> str:
    """A faultless tree in its one canonical spelling, fields still between braces."""
    return str(Markup("").join(_plain(part) for part in node.holds))


@lru_cache(maxsize=256)
def _sound_tree(body: str) -> Node:
    tree, faults = read_wording(body)
    if faults:
        raise FactsRejected(tuple(str(fault) for fault in faults))
    return tree


def _plain(part: Node | Text) -> Markup:
    if isinstance(part, Text):
        return escape(part.words)
    if part.tag == "br":
        return Markup("<br>")
    return _element(part.tag, Markup("").join(_plain(inner) for inner in part.holds))


def _blocks(
    parts: Sequence[Node | Text], fields: Mapping[str, Field], facts: Facts
) -> Iterator[Markup]:
    for part in parts:
        if isinstance(part, Node):
            try:
                yield from _block(part, fields, facts)
            except _Left:
                continue


def _block(node: Node, fields: Mapping[str, Field], facts: Facts) -> Iterator[Markup]:
    if node.tag in ("p", "h2"):
        yield from _paragraph(node, fields, facts)
        return
    parts = (part for part in node.holds if isinstance(part, Node))
    inner = Markup("").join(html for part in parts for html in _inner(part, fields, facts))
    if inner:
        yield _element(node.tag, inner)


def _inner(node: Node, fields: Mapping[str, Field], facts: Facts) -> Iterator[Markup]:
    """Rows of a table, items of a list: each whole, or left out."""
    if node.tag in ("thead", "tbody"):
        yield from _block(node, fields, facts)
        return
    try:
        yield _whole(node, fields, facts)
    except _Left:
        return


def _whole(node: Node, fields: Mapping[str, Field], facts: Facts) -> Markup:
    parts = (
        _inline(part, fields, facts)
        if isinstance(part, Text) or part.tag not in ("td", "th")
        else _whole(part, fields, facts)
        for part in node.holds
    )
    return _element(node.tag, Markup("").join(parts))


def _paragraph(node: Node, fields: Mapping[str, Field], facts: Facts) -> Iterator[Markup]:
    """A field that is a table or a list ends its paragraph and follows it."""
    alone = _only_field(node, fields)
    if alone is not None and (alone.is_block or alone.shape == "texts"):
        yield _standing(alone, facts)
        return
    last = _last_field(node, fields)
    if last is None or not last.is_block:
        yield _element(node.tag, Markup("").join(_inline(p, fields, facts) for p in node.holds))
        return
    follows = _standing(last, facts)  # first: without it the whole paragraph is left out
    before = [*node.holds[:-1], _without_last_field(node)]
    yield _element(node.tag, Markup("").join(_inline(part, fields, facts) for part in before))
    yield follows


def _without_last_field(node: Node) -> Text:
    words = "".join(part.words for part in node.holds[-1:] if isinstance(part, Text))
    return Text(words[: [*PLACE.finditer(words)][-1].start()], node.line)


def _only_field(node: Node, fields: Mapping[str, Field]) -> Field | None:
    """The field that is all there is in the paragraph."""
    texts = [part for part in node.holds if isinstance(part, Node) or part.words.strip()]
    if len(texts) != 1 or isinstance(texts[0], Node):
        return None
    found = PLACE.fullmatch(texts[0].words.strip())
    return fields[found[1]] if found else None


def _last_field(node: Node, fields: Mapping[str, Field]) -> Field | None:
    """The field at the very end of the paragraph."""
    tail = node.holds[-1] if node.holds else None
    found = [*PLACE.finditer(tail.words)] if isinstance(tail, Text) else []
    if not found or not isinstance(tail, Text) or tail.words[found[-1].end() :].strip():
        return None
    return fields[found[-1][1]]


def _inline(part: Node | Text, fields: Mapping[str, Field], facts: Facts) -> Markup:
    if isinstance(part, Node):
        if part.tag == "br":
            return Markup("<br>")
        inner = Markup("").join(_inline(inside, fields, facts) for inside in part.holds)
        return _element(part.tag, inner)
    html, end = Markup(""), 0
    for found in PLACE.finditer(part.words):
        html += escape(part.words[end : found.start()]) + _in_line(fields[found[1]], facts)
        end = found.end()
    return html + escape(part.words[end:])


def _in_line(field: Field, facts: Facts) -> Markup:
    content = _content(field, facts)
    return escape("、".join(content) if isinstance(content, list | tuple) else str(content))


def _standing(field: Field, facts: Facts) -> Markup:
    """A field by itself: paragraphs that are numbered where there are several, or a table."""
    content = _content(field, facts)
    if field.shape == "texts":
        return _numbered(list(content))
    if field.shape == "part":
        return _element("p", escape(content))
    if len(field.columns) == 2:
        (first, _label), (second, _other) = field.columns
        return _numbered([f"{row[first]}：{row[second]}" for row in content], always=True)
    return _table(field, content)


def _content(field: Field, facts: Facts) -> Any:
    if field.source == "law":
        return field.text
    if field.source == "remedies":
        return _remedies(facts)
    content = facts.get(field.key)
    if content in (None, "", [], ()):
        raise _Left
    return _as_words(field.shape, content)


def _as_words(shape: str, content: Any) -> Any:
    if shape == "day":
        return day_words(content)
    return moment_words(content) if shape == "moment" else content


def _remedies(facts: Facts) -> str:
    known = law()["remedies"]
    return (
        f"如不服本决定，可以{known['reconsideration']['text']}向{facts['reconsideration_organ']}"
        f"申请行政复议，或者{known['litigation']['text']}依法向{facts['court']}提起行政诉讼。"
    )


def _numbered(texts: list[str], *, always: bool = False) -> Markup:
    several = always or len(texts) > 1
    return Markup("\n").join(
        _element("p", escape(f"（{order}）{text}" if several else text))
        for order, text in enumerate(texts, start=1)
    )


def _table(field: Field, rows: Sequence[Mapping[str, str]]) -> Markup:
    heads = Markup("").join(_element("th", escape(label)) for _key, label in field.columns)
    lines = Markup("").join(
        Markup("<tr><td>{}</td>{}</tr>").format(
            order, Markup("").join(_element("td", escape(row[key])) for key, _l in field.columns)
        )
        for order, row in enumerate(rows, start=1)
    )
    return Markup(
        '<table class="items"><colgroup><col style="width: 12mm"></colgroup>'
        "<thead><tr><th>序号</th>{}</tr></thead><tbody>{}</tbody></table>"
    ).format(heads, lines)


def _element(tag: str, inner: Markup) -> Markup:
    named = ' class="given"' if tag == "table" else ""
    # The tag is one of grammar.TAGS; what it holds is escaped.
    return Markup(f"<{tag}{named}>") + inner + Markup(f"</{tag}>")  # noqa: S704
