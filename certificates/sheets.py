"""The measures of the two certificates, and the type size at which long facts still fit."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from unicodedata import east_asian_width

LEADING = 1.45
_POINT = 25.4 / 72


@dataclass(frozen=True)
class Sheet:
    """A certificate's page in millimetres; `column` × `room` is where its facts are written."""

    width: float
    height: float
    ornament: tuple[float, float]
    column: float
    room: float
    largest_points: float

    def type_size(self, texts: Iterable[str]) -> float:
        """Return the largest size, in points, at which the texts fit below each other."""
        written = list(texts)
        size = self.largest_points
        while size > 6 and self._height(written, size) > self.room:
            size = round(size - 0.5, 1)
        return size

    def _height(self, texts: list[str], size: float) -> float:
        per_line = self.column / (size * _POINT) - 1  # a line may end one character early
        lines = sum(ceil(_ems(text) / per_line) for text in texts)
        return lines * size * LEADING * _POINT + (len(texts) - 1) * 1.0


SHEETS = {
    "certificate_original": Sheet(420, 297, (210, 50), column=218, room=112, largest_points=19.5),
    "certificate_copy": Sheet(210, 297, (105, 48), column=103, room=123, largest_points=13.5),
}


def _ems(text: str) -> float:
    return sum(1.0 if east_asian_width(c) in "WFA" else 0.64 for c in text)
