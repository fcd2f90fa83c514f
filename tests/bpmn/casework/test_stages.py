"""办事进度: the steps of a case in the order in which people take them."""

import pytest

from bpmn import engine
from bpmn.casework.running import LoadedDiagram
from bpmn.casework.story import Line
from bpmn.casework.tracing import Trace, stages_of
from bpmn.diagram import load_files, read_diagram
from tests.builders import NOW


@pytest.mark.requirement("R298")
@pytest.mark.parametrize(
    ("matter", "names"),
    [
        ("unit_registration", ["填报单位信息", "核实法人身份"]),
        ("certificate_cancellation", ["填报申请材料", "核查受理", "审核注销申请", "签发注销决定"]),
        ("certificate_replacement", ["填报申请材料", "核查补领申请", "签发补发证书"]),
        ("certificate_reissue", ["核对变更信息", "签发换发"]),
        ("renewal", ["填报申请材料", "核查受理", "审查", "审批决定", "换发证书"]),
        ("ownership_conflict", ["陈述理由", "答复协调申请", "核实协调"]),
    ],
)
def test_a_new_case_shows_the_way_ahead_without_its_branches(matter: str, names: list[str]) -> None:
    files = load_files(matter)
    loaded = LoadedDiagram(0, engine.compile_diagram(files), read_diagram(files))

    stages = stages_of(Trace(loaded, [], frozenset()), [_under_way()])

    assert [stage.name for stage in stages] == names


def _under_way() -> Line:
    return Line(state="current", title="", organ="", person="", since=NOW, until=None)
