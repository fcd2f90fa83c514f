"""The proof of a set of files is made once, whoever asks: the checks, the limits or the people."""

from uuid import uuid4

import pytest

from bpmn import checks
from bpmn.casework import fitness, vocabulary
from bpmn.casework.staffing_check import staffing_problems
from bpmn.diagram import MAIN_FILE, load_files
from tests import builders


@pytest.fixture
def office(db):
    return builders.an_office(db)


@pytest.fixture
def unseen():
    """Files of a matter that nobody has asked about before."""
    files = load_files("rating_handling")
    return {**files, MAIN_FILE: files[MAIN_FILE] + f"<!--{uuid4()}-->".encode()}


def test_one_exploration_serves_the_problems_the_limits_and_the_people(monkeypatch, office, unseen):
    explored = []

    def counting(diagram, words):
        explored.append(diagram.main)
        return explore(diagram, words)

    explore = checks.explore
    monkeypatch.setattr(checks, "explore", counting)

    assert vocabulary.diagram_problems(unseen) == ()
    assert vocabulary.diagram_limits(unseen) != []
    fitness.fitness_problems(office, {name: one.decode() for name, one in unseen.items()})
    staffing_problems(office, unseen)
    assert explored == ["rating_handling"]


def test_what_is_no_diagram_has_problems_and_nothing_else(office):
    files = {MAIN_FILE: b"nothing"}

    assert vocabulary.diagram_problems(files) != ()
    assert vocabulary.diagram_limits(files) == []
    assert staffing_problems(office, files) == ()
