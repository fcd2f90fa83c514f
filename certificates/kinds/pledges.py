"""What the unit pledges with everything it hands in: 诚信守法承诺书."""

from collections.abc import Mapping
from dataclasses import replace

from certificates.kinds.base import PAPER, Fact, Kind

_PAPER = tuple(replace(fact, required=False) if fact.key == "uscc" else fact for fact in PAPER)

KINDS: Mapping[str, Kind] = {
    "pledge": Kind(
        "诚信守法承诺书",
        "诺",
        (
            *_PAPER,
            Fact("legal_representative", "法定代表人", required=False),
            Fact("texts", "承诺内容", "texts"),
            Fact("opened_at", "打开时间", "moment"),
            Fact("confirmed_at", "确认时间", "moment"),
            Fact("reading_seconds", "阅读秒数", "count"),
            Fact("confirmed_by", "确认人"),
        ),
        by_unit=True,
        told=False,
    ),
}
