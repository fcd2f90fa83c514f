"""The fields that the wording of a kind may use: its facts, what it cites, and ready-made parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from gettext import gettext as _
from typing import Literal

from certificates.kinds import KINDS, Fact
from certificates.law import cite, law

Source = Literal["fact", "law", "remedies"]
_NEVER = frozenset({"verify_url", "document_number", "organ"})
"""They stand in the head and at the foot of every paper, outside its wording."""


@dataclass(frozen=True)
class Field:
    """A name between double braces: a fact, a text of the law, or the remedies.

    `shape` is as a fact's; rows and texts that stand alone become paragraphs or a table.
    """

    label: str
    source: Source
    shape: str
    key: str = ""
    text: str | tuple[str, ...] = ""
    columns: tuple[tuple[str, str], ...] = ()
    kept: bool = False

    @property
    def is_block(self) -> bool:
        """Whether it can only stand by itself, at the end of a paragraph."""
        return self.shape in ("rows", "part")


@lru_cache(maxsize=64)
def fields_of(kind: str) -> Mapping[str, Field]:
    """Label to field, in the order in which an editor offers them; those to keep come first."""
    keeps = KINDS[kind].keeps
    found = [*_facts(kind), *_parts(kind), *_citations()]
    known = {field.label: field for field in found}
    kept = {label: _as_kept(known[label]) for label in keeps}
    return {**kept, **{label: field for label, field in known.items() if label not in kept}}


def _facts(kind: str) -> list[Field]:
    return [_of_fact(fact) for fact in KINDS[kind].facts if fact.key not in _NEVER]


def _of_fact(fact: Fact) -> Field:
    return Field(fact.label, "fact", fact.shape, key=fact.key, columns=fact.columns)


def _parts(kind: str) -> list[Field]:
    keys = {fact.key for fact in KINDS[kind].facts}
    remedies = {"reconsideration_organ", "court"} <= keys
    known = law()
    return [
        *([Field(_("救济途径"), "remedies", "part")] if remedies else []),
        Field(_("被许可人的义务"), "law", "texts", text=tuple(known["duties"]["texts"])),
        Field(_("颁证工作日数"), "law", "text", text=str(known["issue_working_days"]["value"])),
    ]


def _citations() -> list[Field]:
    """What may be cited, by its own name: {{行政许可法第三十八条第一款}}."""
    texts = [cite(key) for key in law()["citations"]]
    return [Field(_name_of(text), "law", "text", text=text) for text in texts]


def _name_of(citation: str) -> str:
    return citation.replace("《中华人民共和国", "").replace("《", "").replace("》", "")


def _as_kept(field: Field) -> Field:
    return Field(**{**field.__dict__, "kept": True})


WORDABLE = tuple(kind for kind, known in KINDS.items() if known.keeps)
"""The kinds that an organ may word: notices and decisions, never a certificate."""
