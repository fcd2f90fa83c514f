"""The articles, remedies and duties that papers cite, read from law.yml beside this file."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


@lru_cache(maxsize=1)
def law() -> Mapping[str, Any]:
    """Return what law.yml says; each text carries its source and how far it is confirmed."""
    text = (Path(__file__).parent / "law.yml").read_text(encoding="utf-8")
    content: Mapping[str, Any] = yaml.safe_load(text)
    return content


def cite(key: str) -> str:
    """Return the citation as printed; raises KeyError for an unknown key."""
    return str(law()["citations"][key]["text"])
