"""Certificate and document numbers: the vectors of policy §3.2, and what must hold of all."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from certificates import KINDS
from certificates.numbers import (
    PROVINCE_ABBREVIATIONS,
    SEQUENCES,
    CertificateNumber,
    WrongNumber,
    certificate_number,
    check_digit,
    document_number,
    parse_certificate_number,
)


@st.composite
def numbers(draw: st.DrawFn) -> CertificateNumber:
    grade = draw(st.sampled_from(sorted(SEQUENCES)))
    allowed = SEQUENCES[grade]
    sequence = draw(st.integers(allowed[0], allowed[-1]))
    return CertificateNumber(grade, draw(st.sampled_from(sorted(PROVINCE_ABBREVIATIONS))), sequence)


@pytest.mark.parametrize(
    ("body", "digit"),
    [
        ("1110001", "5"),
        ("1110002", "3"),
        ("6110001", "3"),
        ("6150001", "7"),
        ("6150123", "7"),
        ("1150001", "0"),
        ("4410042", "3"),
    ],
)
def test_check_digit_follows_iso_7064(body: str, digit: str) -> None:
    assert check_digit(body) == digit


@given(st.text("0123456789", min_size=7, max_size=7))
def test_check_digit_agrees_with_stdnum(body: str) -> None:
    assert check_digit(body) == mod_11_10.calc_check_digit(body)


@pytest.mark.parametrize(
    ("grade", "province", "sequence", "printed"),
    [("甲", "61", 10001, "甲测资字61100013"), ("乙", "61", 50001, "乙测资字61500017")],
)
def test_number_is_printed_as_the_rule_says(
    grade: str, province: str, sequence: int, printed: str
) -> None:
    assert certificate_number(grade, province, sequence) == printed


@given(numbers())
def test_printed_number_is_read_back(number: CertificateNumber) -> None:
    assert parse_certificate_number(str(number)) == number


@given(numbers(), st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(
    number: CertificateNumber, place: int, shift: int
) -> None:
    printed = str(number)
    at = len("甲测资字") + place
    wrong = printed[:at] + str((int(printed[at]) + shift) % 10) + printed[at + 1 :]

    with pytest.raises(WrongNumber):
        parse_certificate_number(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "丙测资字61100013",
        "甲测资字6110001",
        "甲测资字611000133",
        "甲测资字61100014",
        "甲测资字99100017",
        "甲测资字６１１０００１３",
        "甲测资字61100013\n",
    ],
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(WrongNumber):
        parse_certificate_number(text)


@pytest.mark.parametrize(
    ("grade", "province", "sequence"),
    [("丙", "61", 10001), ("甲", "99", 10001), ("甲", "61", 50001), ("乙", "61", 49999)],
)
def test_impossible_numbers_are_not_given_out(grade: str, province: str, sequence: int) -> None:
    with pytest.raises(WrongNumber):
        certificate_number(grade, province, sequence)


def test_document_number_is_written_with_hexagonal_brackets() -> None:
    assert document_number("陕", "受", 2026, 15) == "陕测资受〔2026〕15号"


def test_no_two_kinds_but_the_grants_and_refusals_of_a_change_share_a_sequence() -> None:
    codes = Counter(kind.code for kind in KINDS.values() if kind.code)

    assert {code for code, times in codes.items() if times > 1} <= {"变", "不变"}
