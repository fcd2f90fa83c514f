"""The grades, indicators and limits of 好差评, read from bpmn/ratings.yml."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


@lru_cache(maxsize=1)
def _terms() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load(
        (Path(__file__).parents[1] / "ratings.yml").read_text("utf-8")
    )
    return content


def grade_names() -> Mapping[int, str]:
    """5 非常满意 … 1 非常不满意 (国办发〔2019〕51号), the best first."""
    names: Mapping[int, str] = _terms()["grades"]["names"]
    return names


def indicator_names() -> Mapping[str, str]:
    """What a rating may be about, by key."""
    names: Mapping[str, str] = _terms()["indicators"]["names"]
    return names


def is_satisfied(grade: int) -> bool:
    return grade >= int(_terms()["grades"]["satisfied_from"])


def is_bad(grade: int) -> bool:
    """Whether it must be handled: 不满意, 非常不满意."""
    return grade <= int(_terms()["grades"]["bad_up_to"])


def window_days() -> int:
    """Calendar days after the end of a case on which it may be rated."""
    return int(_terms()["window_days"]["value"])
