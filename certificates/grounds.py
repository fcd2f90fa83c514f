"""The grounds on which an organ ends a certificate, read from grounds.yml beside this file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Ground:
    """One ground: `measure` is revoke (撤销), recall (撤回) or deregister (注销)."""

    key: str
    name: str
    measure: str
    measure_name: str
    change: str
    """The line that it leaves in the certificate's history."""
    article: str
    bar_years: int
    """Years in which the unit may not apply anew; 0 for none."""
    bar_article: str
    confidence: str


@lru_cache(maxsize=1)
def grounds() -> Mapping[str, Ground]:
    """Every ground by its key, in the order of the file."""
    content = yaml.safe_load((Path(__file__).parent / "grounds.yml").read_text(encoding="utf-8"))
    measures = content["measures"]
    return {
        key: Ground(
            key=key,
            name=one["name"],
            measure=one["measure"],
            measure_name=measures[one["measure"]]["name"],
            change=measures[one["measure"]]["change"],
            article=one["article"],
            bar_years=int(one.get("bar_years", 0)),
            bar_article=one.get("bar_article", ""),
            confidence=one["confidence"],
        )
        for key, one in content["grounds"].items()
    }


def ground_choices() -> dict[str, list[tuple[str, str]]]:
    """(key, name) of each ground, grouped by the measure's name."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in grounds().values():
        found.setdefault(one.measure_name, []).append((one.key, one.name))
    return found
