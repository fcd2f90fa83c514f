"""Slips printed on demand from what was recorded: 送达回证, 领取单, 邮寄单 (policy §9, 19 and 20).

No papers of their own: without number, seal or QR, and signed by hand where somebody signs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from certificates.facts import MissingGlyphs
from certificates.fonts import missing_characters
from certificates.render import PRESS_IN_USE, slip_html


@dataclass(frozen=True)
class Slip:
    """A title under the organ's name, a table of (label, text), and a note; empty texts are left
    to be written by hand. `tall` names the rows with room for a signature and a stamp.
    """

    title: str
    organ: str
    rows: Sequence[tuple[str, str]]
    tall: frozenset[str] = frozenset()
    note: str = ""


def check_slip(slip: Slip) -> None:
    """Raise MissingGlyphs for characters that no packaged font has."""
    missing = {label: found for label, text in slip.rows if (found := missing_characters(text))}
    if missing:
        raise MissingGlyphs(missing)


def print_slip(slip: Slip) -> bytes:
    """The slip as PDF/A-2u of one A4 page or more; the same slip gives the same bytes.

    Slow work (0.1 s): outside any transaction. Raises MissingGlyphs.
    """
    from certificates import press

    check_slip(slip)
    html = slip_html(slip)
    with PRESS_IN_USE:
        return press.print_page(html, f"{slip.title} {slip.organ}")
