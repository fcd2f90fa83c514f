"""The policy as data files, each value with its source and confidence; not judged here."""

import csv
from importlib.resources import files
from typing import Any

import yaml

_HERE = files(__name__)


def load_standards() -> dict[str, Any]:
    """The standard of classes and specialties, as `standards.yml` has it."""
    read: dict[str, Any] = yaml.safe_load((_HERE / "standards.yml").read_text("utf-8"))
    return read


def load_regions() -> dict[str, str]:
    """Six-digit code → name of every province, city and county (GB/T 2260), in order of code."""
    lines = (_HERE / "regions.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["code"]: row["name"] for row in rows}


def region_choices() -> dict[str, Any]:
    """The choices forms ask for: `provinces` (2 digits), `cities` (4) and `counties` (6).

    Cities are grouped by province, counties by city. Municipalities have no cities; counties
    right under a province (90xx) stand under a city of their own, 省直辖县级行政区划.
    """
    names = load_regions()
    provinces = {c[:2]: n for c, n in names.items() if c.endswith("0000")}
    cities = {c[:4]: n for c, n in names.items() if _is_city(c, names)}
    cities |= {c[:4]: "省直辖县级行政区划" for c in names if c[2:4] == "90"}
    grouped: dict[str, Any] = {"cities": {}, "counties": {}}
    for code, name in sorted(cities.items()):
        grouped["cities"].setdefault(provinces[code[:2]], []).append((code, name))
    for code, name in names.items():
        if not code.endswith("00"):
            over = provinces[code[:2]] + cities.get(code[:4], "")
            grouped["counties"].setdefault(over, []).append((code, name))
    return {"provinces": list(provinces.items()), **grouped}


def _is_city(code: str, names: dict[str, str]) -> bool:
    """Whether a code is a city, not the shell between a municipality and its districts."""
    return code[2:] != "0000" and code.endswith("00") and names[code] != names[code[:2] + "0000"]
