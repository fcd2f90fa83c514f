"""`cartouche diagram check`: what an administrator at the command line is told of a file."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bpmn.diagram import MAIN_FILE, load_files, read_diagram
from webapp.cli import cli

FILES = load_files("unit_registration")
TOP = FILES[MAIN_FILE].decode()
(STEP,) = [
    task.element for task in read_diagram(FILES).user_tasks.values() if task.role == "window"
]


def check(folder: Path, text: str | bytes, *more: str) -> Result:
    file = folder / MAIN_FILE
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(cli, ["diagram", "check", str(file), *more])


def test_sound_file_passes(tmp_path):
    came = check(tmp_path, TOP)

    assert (came.exit_code, came.output) == (0, "1 个文件没有问题。\n")


def test_time_of_the_check_is_told_when_asked_for(tmp_path):
    assert " 毫秒" in check(tmp_path, TOP, "--timing").output


def test_problem_is_told_with_place_element_sentence_and_mend(tmp_path):
    came = check(tmp_path, TOP.replace('value="window"', 'value="king"'))

    (line,) = [n for n, text in enumerate(TOP.splitlines(), 1) if f'id="{STEP}"' in text]
    assert came.exit_code == 1
    assert f"{tmp_path / MAIN_FILE}:{line} {STEP} " in came.output
    assert "没有名为“king”的角色" in came.output
    assert "    改法：" in came.output


def test_fault_is_told_with_the_steps_that_lead_to_it(tmp_path):
    came = check(tmp_path, TOP.replace('"lapse"', '"lapsed"'))

    assert came.exit_code == 1
    assert "    这样走就会出现：\n        1. 开始：" in came.output


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b'{"a": 1}', b"\xff\xfe\x00"])
def test_file_that_is_no_diagram_is_refused_in_words(tmp_path, content):
    came = check(tmp_path, content)

    assert came.exit_code == 1
    assert came.exception is None or isinstance(came.exception, SystemExit)
    assert "流程图" in came.output or "文件" in came.output
