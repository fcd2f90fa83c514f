"""The signed list: what is written is read again; any changed byte of it is told."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.numbers import certificate_number
from certificates.verification.status_list import (
    CANCELLED,
    LONGEST,
    PURPOSE,
    REISSUED,
    REPLACED,
    ListRefused,
    VoidCertificate,
    read_status_list,
    write_status_list,
)
from tests.certificates.verification.test_tokens import OTHER, RING

ISSUER = "https://example.gov.cn"
MADE_AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
VOID = (
    VoidCertificate("乙测资字61500019", CANCELLED, date(2026, 11, 20), 0),
    VoidCertificate("甲测资字61100013", REISSUED, date(2026, 10, 8), 2),
)
LIST = write_status_list(RING, ISSUER, 17, MADE_AT, VOID)

voids = st.builds(
    VoidCertificate,
    st.builds(
        certificate_number, st.just("乙"), st.sampled_from(["61", "11"]), st.integers(50001, 99999)
    ),
    st.sampled_from([CANCELLED, REPLACED, REISSUED]),
    st.dates(min_value=date(2000, 1, 1)),
    st.integers(0, 99),
)


@given(st.lists(voids, unique_by=lambda one: one.number, max_size=30), st.integers(0, 10**9))
def test_what_was_written_is_read_again(void: list[VoidCertificate], sequence: int) -> None:
    written = write_status_list(RING, ISSUER, sequence, MADE_AT, void)
    read = read_status_list(RING, written)
    assert sorted(read.entries.values(), key=str) == sorted(void, key=str)
    assert (read.issuer, read.sequence, read.made_at) == (ISSUER, sequence, MADE_AT)
    assert write_status_list(RING, ISSUER, sequence, MADE_AT, reversed(void)) == written


def test_any_changed_byte_is_told_or_changes_nothing() -> None:
    for place in range(len(LIST)):
        for mask in (1, 4, 128):
            changed = LIST[:place] + bytes([LIST[place] ^ mask]) + LIST[place + 1 :]
            try:
                assert read_status_list(RING, changed) == read_status_list(RING, LIST)
            except ListRefused:
                continue


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("example.gov.cn", "example.com"),
        ("sequence 17", "sequence 18"),
        ("made-at 2026-11-20", "made-at 2027-11-20"),
        ("乙测资字61500019", "乙测资字61500027"),
        ("cancelled", "reissued"),
        ("2026-10-08 2", "2026-10-09 2"),
        ("2026-10-08 2", "2026-10-08 1"),
        ("count 2", "count 3"),
    ],
)
def test_a_changed_field_is_told(old: str, new: str) -> None:
    assert old in LIST.decode()
    with pytest.raises(ListRefused, match="签名不对"):
        read_status_list(RING, LIST.decode().replace(old, new).encode())


def test_a_number_left_out_is_told() -> None:
    found = json.loads(LIST)
    found["list"] = found["list"].rsplit("\n", 2)[0] + "\n"
    with pytest.raises(ListRefused, match="签名不对"):
        read_status_list(RING, json.dumps(found).encode())


def test_the_list_of_another_office_is_told() -> None:
    with pytest.raises(ListRefused, match="公布的密钥"):
        read_status_list(RING, write_status_list(OTHER, ISSUER, 17, MADE_AT, VOID))


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"[]", b"{}", b"null", b"\xff\xfe", b'{"list": 1, "signature": ""}'),
        b'{"format": "cartouche-status-list/1", "list": "\\ud800", "signature": ""}',
        b'{"format": "cartouche-status-list/1", "list": "x", "signature": "%"}',
        b'{"format": "another/1", "list": "", "signature": ""}',
        b"[" * 200_000,
        LIST[:-1],
        LIST[: len(LIST) // 2],
        b" " * (LONGEST + 1),
    ],
)
def test_another_file_is_no_list(content: bytes) -> None:
    with pytest.raises(ListRefused):
        read_status_list(RING, content)


@pytest.mark.parametrize("line", ["乙测资字61500019 valid 2026-11-20 0\n", "x\n", "\n"])
def test_a_line_of_another_shape_is_refused_even_well_signed(line: str) -> None:
    from base64 import b64encode

    text = json.loads(LIST)["list"].replace("count 2", "count 3") + line
    signature = b64encode(RING.sign(PURPOSE, text.encode())).decode()
    content = {"format": "cartouche-status-list/1", "list": text, "signature": signature}
    with pytest.raises(ListRefused, match="不是本系统发布的"):
        read_status_list(RING, json.dumps(content).encode())


@pytest.mark.parametrize(("version", "ended"), [(0, True), (1, True), (2, False)])
def test_a_reissue_voids_older_papers_alone(version: int, ended: bool) -> None:
    assert VOID[1].ends(version) is ended
    assert replace(VOID[1], status=CANCELLED).ends(version)


@pytest.mark.benchmark
def test_a_hundred_thousand_numbers_are_read_in_seconds() -> None:
    void = [VoidCertificate(f"乙{n:08d}", REPLACED, date(2026, 1, 1), 0) for n in range(100_000)]
    begun = perf_counter()
    read = read_status_list(RING, write_status_list(RING, ISSUER, 1, MADE_AT, void))
    assert len(read.entries) == 100_000
    assert perf_counter() - begun < 10
