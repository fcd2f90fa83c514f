"""The standard taken apart into cells, each with where it was seen and how sure that is.

Pure. A cell is what one source says at once: the staff of a specialty in a class, a cap, a list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_SURE = frozenset({"D", "S"})
_MARKS = ("source", "confidence")


def is_sure(confidence: str) -> bool:
    """Whether a number or rule may be shown as it is; any other is marked 待核实, everywhere.

    The letters, in policy data and in rules.yml: D stated by the client, S seen in a source. Not
    sure are S2, seen on one page only or on one that mixes old and new rules; M, from memory of
    the official text; A, assumed because no source gave it.
    """
    return confidence in _SURE


@dataclass(frozen=True)
class Cell:
    """`value` is what policy data hold at the cell's place besides source and confidence."""

    value: Mapping[str, Any]
    source: str
    confidence: str

    @property
    def is_sure(self) -> bool:
        return is_sure(self.confidence)


def cells_of(data: Mapping[str, Any]) -> dict[str, Cell]:
    """Path → cell, e.g. `specialties.GCCL.A.staff`; what carries no confidence is left out."""
    return dict(_cells(data, ()))


def data_of(cells: Mapping[str, Cell]) -> dict[str, Any]:
    """The mapping that the cells were taken from, as `read_standard` wants it."""
    data: dict[str, Any] = {}
    for key, cell in cells.items():
        *parents, last = key.split(".")
        place = data
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = {**cell.value, "source": cell.source, "confidence": cell.confidence}
    return data


def _cells(data: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, Cell]]:
    for name, part in data.items():
        if not isinstance(part, Mapping):
            continue
        if "confidence" in part:
            value = {key: one for key, one in part.items() if key not in _MARKS}
            yield ".".join((*path, name)), Cell(value, part["source"], part["confidence"])
        else:
            yield from _cells(part, (*path, name))
