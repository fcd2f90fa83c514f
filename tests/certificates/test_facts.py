"""Facts are refused, in words, before they are frozen."""

import json
from typing import Any

import pytest

from certificates import KINDS, FactsRejected, MissingGlyphs, check_facts
from certificates.fonts import missing_characters, startup_problems
from tests.certificates.papers import LONG, SHORT

RARE = "喆镕玥昇翀頔䶮㛃堃淼𠮷〇①⑩☑☐√㎡℃"


@pytest.mark.parametrize("kind", KINDS)
def test_facts_of_every_kind_survive_the_database(kind: str) -> None:
    for facts in (SHORT[kind], LONG[kind]):
        check_facts(kind, json.loads(json.dumps(facts)))


@pytest.mark.parametrize(
    ("kind", "key"),
    [(kind, fact.key) for kind in KINDS for fact in KINDS[kind].facts if fact.required],
)
@pytest.mark.parametrize("empty", [None, ""])
def test_missing_fact_is_named(kind: str, key: str, empty: str | None) -> None:
    label = next(fact.label for fact in KINDS[kind].facts if fact.key == key)

    with pytest.raises(FactsRejected, match=f"缺少“{label}”。"):
        check_facts(kind, {**SHORT[kind], key: empty})


def test_all_faults_are_named_at_once() -> None:
    facts = {**SHORT["acceptance_notice"], "matter": "", "accepted_on": "2026-02-30", "colour": "x"}

    with pytest.raises(FactsRejected) as caught:
        check_facts("acceptance_notice", facts)

    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("key", "content"),
    [
        ("round", 0),
        ("round", True),
        ("round", "1"),
        ("deadline", "20261231"),
        ("deadline", 20261231),
        ("unit_name", "  "),
        ("unit_name", ["a"]),
        ("specialties", "工程测量"),
        ("specialties", ["工程测量", ""]),
        ("corrections", [{"subject": "x", "problem": "x", "requirement": "x"}]),
        ("corrections", ["x"]),
        ("verify_url", "javascript:alert(1)"),
    ],
)
def test_wrong_shape_is_refused(key: str, content: Any) -> None:
    with pytest.raises(FactsRejected, match="格式不对"):
        check_facts("correction_notice", {**SHORT["correction_notice"], key: content})


@pytest.mark.parametrize(
    "content", ["2026-11-02T09:05", "2026-11-02 9点", 1793581500, "2026-11-02"]
)
def test_moment_without_its_zone_is_refused(content: Any) -> None:
    with pytest.raises(FactsRejected, match="“提交时间”的内容不完整或格式不对。"):
        check_facts("receipt", {**SHORT["receipt"], "submitted_at": content})


def test_rare_name_characters_can_be_printed() -> None:
    assert missing_characters(RARE) == ""


@pytest.mark.parametrize(
    ("character", "named"),
    [("😀", "“😀”（U+1F600）"), ("𫝀", "U+2B740"), ("\u202e", "U+202E"), ("\x07", "U+0007")],
)
def test_character_without_a_glyph_is_named_with_its_field(character: str, named: str) -> None:
    facts = {**SHORT["certificate_copy"], "legal_representative": f"李{character}"}

    with pytest.raises(MissingGlyphs) as caught:
        check_facts("certificate_copy", facts)

    assert caught.value.characters == {"法定代表人": character}
    assert "法定代表人" in str(caught.value)
    assert named in str(caught.value)


def test_missing_glyph_in_a_row_is_named_with_its_place() -> None:
    rows = [*SHORT["correction_notice"]["corrections"]]
    rows[1] = {**rows[1], "problem": "缺少😀"}

    with pytest.raises(MissingGlyphs, match="补正事项第 2 项·存在的问题"):
        check_facts("correction_notice", {**SHORT["correction_notice"], "corrections": rows})


def test_this_machine_can_print() -> None:
    assert startup_problems() == []


def test_missing_library_and_font_are_named_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("certificates.fonts._LIBRARIES", {"libnone.so.0": "libnone0"})
    monkeypatch.setattr("certificates.fonts.FACES", ("None.ttf",))

    font, library = startup_problems()

    assert "None.ttf" in font
    assert "apt-get install libnone0" in library
