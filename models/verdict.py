"""What is compared with the standard, and what comes of it: values without behaviour."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StaffMember:
    """A person as far as counting goes; ``problems`` say why ``complete`` is false."""

    category: str
    title_level: str = ""
    retired: bool = False
    nationality: str = "中国"
    complete: bool = True
    problems: tuple[str, ...] = ()
    legacy: bool = False
    name: str = ""
    key: str = ""


@dataclass(frozen=True)
class EquipmentItem:
    """An instrument as far as counting goes; ``problems`` say why ``counts`` is false."""

    kind: str
    counts: bool = True
    problems: tuple[str, ...] = ()
    quantity: int = 1
    name: str = ""
    key: str = ""


@dataclass(frozen=True)
class Row:
    """One requirement: ``have`` of its own kind, ``missing`` after filling down."""

    label: str
    needed: int
    have: int
    missing: int
    note: str = ""


@dataclass(frozen=True)
class NotCounted:
    """A row of the dossier that does not count, with the reason in words."""

    key: str
    name: str
    reason: str


@dataclass(frozen=True)
class Part:
    """One specialty by itself: what it needs in its class, and what is still missing there."""

    code: str
    name: str
    certificate_class: str
    met: bool
    rows: tuple[Row, ...]
    shortfalls: tuple[str, ...]
    assumed: bool = False


@dataclass(frozen=True)
class Verdict:
    """What 满足情况查看 shows: ``counted`` holds the keys of the rows that count.

    ``rows`` and ``shortfalls`` are of all specialties together, ``parts`` of each by itself.
    """

    met: bool
    rows: tuple[Row, ...]
    shortfalls: tuple[str, ...]
    counted: tuple[str, ...] = ()
    not_counted: tuple[NotCounted, ...] = ()
    assumed: bool = False  # some number of the standard is not confirmed (待核实)
    parts: tuple[Part, ...] = ()
    basis: str = ""
    """The version of the standard in words."""
