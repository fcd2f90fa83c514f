"""What rules.yml names exists: no rule is silently about nothing."""

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
import yaml

from bpmn.casework.rights import OFFICER_ROLES, UNIT_ROLES
from bpmn.casework.vocabulary import VOCABULARY
from bpmn.checks.law import rules as rules_module
from bpmn.checks.law.rules import Act, Rules, the_rules
from certificates import KINDS


def _acts(value) -> list[Act]:
    """Every act anywhere in the rules."""
    if isinstance(value, Act):
        return [value]
    if is_dataclass(value):
        return [act for one in fields(value) for act in _acts(getattr(value, one.name))]
    if isinstance(value, tuple):
        return [act for one in value for act in _acts(one)]
    return [act for one in value.values() for act in _acts(one)] if isinstance(value, dict) else []


def test_every_act_is_an_operation_of_the_office_with_its_parameters():
    acts = _acts(the_rules())

    assert len(acts) > 40
    for act in acts:
        assert act.given.keys() <= VOCABULARY.operations[act.operation].parameters.keys()


def test_every_paper_of_an_act_can_be_issued():
    papers = {p for act in _acts(the_rules()) for p in act.given.get("kind", ())}

    assert {p for p in papers if p not in KINDS} == {"changed", "reissued"}


def test_roles_clocks_and_operations_are_those_of_the_office():
    rules = the_rules()
    operations = {name for names in rules.clock_acts.values() for name in names}
    operations |= rules.held_clocks.keys() | rules.duties.leaves_organ
    operations |= rules.duties.returns_to_organ

    assert rules.unit_roles == UNIT_ROLES
    assert rules.duties.roles.keys() == OFFICER_ROLES
    assert set().union(*rules.duties.apart) <= OFFICER_ROLES
    assert rules.limits.keys() <= VOCABULARY.clocks
    assert operations <= VOCABULARY.operations.keys()


def test_every_need_names_a_milestone():
    rules: Rules = the_rules()

    assert {key for need in rules.needs for key in need.milestones} == rules.milestones.keys()


def test_every_certificate_that_is_printed_was_registered_before():
    """A paper that is a certificate needs something before it; so does whatever grants."""
    rules = the_rules()
    needing = {
        (need.act.operation, *sorted(need.act.given.get("kind", ()))) for need in rules.needs
    }
    granting = next(one for one in rules.outcomes if one.key == "granted")

    assert ("issue_document", "certificate_copy", "certificate_original") in needing
    operations = {operation for operation, *_kinds in needing}
    assert {act.operation for act in granting.acts} - operations == {"deem_renewed"}


WRITTEN = yaml.safe_load(Path(rules_module.__file__).with_name("rules.yml").read_text("utf-8"))
"""The file, with what only its readers see."""


@pytest.mark.parametrize("clock", WRITTEN["limits"])
def test_a_limit_that_nobody_confirmed_says_so_wherever_it_is_cited(clock):
    written = WRITTEN["limits"][clock]

    cited = the_rules().limits[clock].cited

    assert cited.startswith(written["article"])
    assert cited.endswith("，待核实") == (written["confidence"] not in {"D", "S"})


def test_limits_that_no_text_fixes_are_the_assumed_ones():
    assumed = {key for key, one in WRITTEN["limits"].items() if one["confidence"] == "A"}

    assert assumed == {"rating", "notice", "answer"}
    assert all(one["source"] for one in WRITTEN["limits"].values())


def test_what_an_assumed_rule_finds_is_told_as_unconfirmed():
    assert the_rules().milestones["second_person"].article.endswith("，待核实")
    assert not the_rules().duties.article.endswith("，待核实")


def test_what_is_only_remembered_is_told_as_unconfirmed_too():
    rules = the_rules()
    cited = {WRITTEN["milestones"][key]["confidence"]: one for key, one in rules.milestones.items()}

    assert cited["M"].article.endswith("，待核实")
    assert not cited["S"].article.endswith("，待核实")
    assert rules.outcomes_article.endswith("，待核实")
