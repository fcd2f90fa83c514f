"""What a matter declares agrees with the standard."""

from bpmn.matters import MATTERS
from tests import builders


def test_kinds_of_certificate_have_one_name_everywhere():
    standard = builders.standard()

    for matter in MATTERS.values():
        for kind in matter.kinds:
            assert kind.name == standard.certificate_types[kind.key].name
