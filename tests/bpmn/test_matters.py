"""What a matter declares agrees with the standard, and its diagram may go live."""

import pytest

from bpmn.casework.vocabulary import diagram_problems
from bpmn.diagram import load_files
from bpmn.matters import MATTERS
from tests import builders


def test_kinds_of_certificate_have_one_name_everywhere():
    standard = builders.standard()

    for matter in MATTERS.values():
        for kind in matter.kinds:
            assert kind.name == standard.certificate_types[kind.key].name


@pytest.mark.parametrize("key", MATTERS)
def test_shipped_diagram_may_go_live(key):
    assert diagram_problems(load_files(key)) == ()
