"""docs/requirements.md lists what works, and every row is shown by a test."""

from tests.requirements import LIST, filled_in, marked_tests, problems

TEXT = """# Requirements that work

| no. | what works | tests |
|---|---|---|
| R001 | One thing | |
| R002 | Another | `a.py::test_old` |
"""
TESTS = {"R001": ["tests/a.py::test_one"], "R003": ["tests/b.py::test_three"]}


def test_the_list_and_the_marks_are_in_step() -> None:
    """When this fails: `make requirements-list`, or mark the test that shows the requirement."""
    assert problems(LIST.read_text("utf-8"), marked_tests()) == []


def test_what_is_not_in_step_is_told() -> None:
    assert problems(TEXT, TESTS) == [
        "R002: in the list, but no test carries its mark",
        "R003: marked in tests/b.py::test_three, but not in the list",
        "R001: the list names other tests (make requirements-list)",
    ]


def test_the_tests_are_filled_in() -> None:
    filled = filled_in(TEXT, {"R001": [f"tests/a.py::test_{n}" for n in range(5)]})
    assert (
        "| R001 | One thing | `a.py::test_0`, `a.py::test_1`, `a.py::test_2` and 2 more |" in filled
    )
    assert "| R002 | Another |  |" in filled
    assert filled.startswith("# Requirements that work\n")
