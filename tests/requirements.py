"""docs/requirements.md and the tests' marks: `python -m tests.requirements` fills in the tests,
`--check` says what is not in step."""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIST = ROOT / "docs" / "requirements.md"
ROW = re.compile(r"^\| (R\d{3}) \| (.+?) \| ?(.*?) ?\|$")


def marked_tests() -> Mapping[str, list[str]]:
    """Each requirement with the tests that carry its mark, as tests/file.py::test_name."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for number, name in _marks(ast.parse(path.read_text("utf-8"))):
            found[number].append(f"{path.relative_to(ROOT).as_posix()}::{name}")
    return found


def problems(text: str, tests: Mapping[str, list[str]]) -> list[str]:
    """What of the list and the marks is not in step; empty when all is."""
    listed = [(row[1], row[3]) for row in _rows(text)]
    numbers = [number for number, _named in listed]
    return [
        *(f"{n}: listed twice" for n in sorted(set(numbers)) if numbers.count(n) > 1),
        *(f"{n}: in the list, but no test carries its mark" for n in numbers if n not in tests),
        *(
            f"{n}: marked in {tests[n][0]}, but not in the list"
            for n in sorted(set(tests) - set(numbers))
        ),
        *(
            f"{n}: the list names other tests (make requirements-list)"
            for n, named in listed
            if n in tests and named != _cell(tests[n])
        ),
    ]


def filled_in(text: str, tests: Mapping[str, list[str]]) -> str:
    """The list with the tests of each row."""
    lines = []
    for line in text.splitlines():
        row = ROW.match(line)
        lines.append(f"| {row[1]} | {row[2]} | {_cell(tests.get(row[1], []))} |" if row else line)
    return "\n".join(lines) + "\n"


def _cell(tests: list[str]) -> str:
    """At most three tests, and how many more there are."""
    shown = [f"`{test.removeprefix('tests/')}`" for test in tests[:3]]
    return ", ".join(shown) + (f" and {len(tests) - 3} more" if len(tests) > 3 else "")


def _rows(text: str) -> Iterator[re.Match[str]]:
    return (row for line in text.splitlines() if (row := ROW.match(line)))


def _marks(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(requirement, test) for every mark on a function, a class of tests or a whole file."""
    whole = [
        number for node in tree.body if isinstance(node, ast.Assign) for number in _numbers(node)
    ]
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
            continue
        own = [number for mark in node.decorator_list for number in _numbers(mark)]
        yield from ((number, node.name) for number in (*whole, *own))


def _numbers(node: ast.AST) -> Iterator[str]:
    for call in ast.walk(node):
        match call:
            case ast.Call(func=ast.Attribute(attr="requirement"), args=given):
                yield from (str(one.value) for one in given if isinstance(one, ast.Constant))


def main(words: list[str]) -> int:
    text, tests = LIST.read_text("utf-8"), marked_tests()
    if "--check" not in words:
        LIST.write_text(filled_in(text, tests), "utf-8")
        return 0
    found = problems(text, tests)
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
