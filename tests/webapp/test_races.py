"""Several people at the same moment: one wins, the others are told who, and nothing doubles."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from threading import Barrier, Thread
from typing import Any

from sqlalchemy import func, select

from bpmn import casework
from bpmn.errors import CaseworkError, HeldElsewhere, TaskDone
from models import Account, Case, Claim, Document, Event, Message, Task
from models.settings import next_number
from tests import builders
from tests.bpmn.casework.test_former_staff import knows
from tests.webapp.live import ANSWERS, LiveOffice

OFFERING = replace(builders.MATTER, offers_former_staff=True)


def _at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave or raised, all of them begun at the same moment."""
    gate, came = Barrier(len(acts)), [None] * len(acts)

    def take_part(number: int) -> None:
        gate.wait()
        try:
            came[number] = acts[number]()
        except CaseworkError as error:
            came[number] = error  # type: ignore[call-overload]

    threads = [Thread(target=take_part, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def test_two_officers_on_one_task(live: LiveOffice) -> None:
    case_id = live.open_case(live.applicants[0])
    live.decide(case_id)
    with live.premises.transaction() as office:
        first = office.db.get_one(Account, live.officers["window"])
        second = builders.an_officer(office.db, role="window2", authority=first.authority)  # type: ignore[arg-type]
        second.grants[0].role = "window"
        second.name = "第二个窗口"
        query = select(Task.id).where(Task.case_id == case_id, Task.closed_at.is_(None))
        task_id, people = office.db.scalars(query).one(), {first.id: first.name}
        people[second.id] = second.name

    def complete(account_id: int) -> Callable[[], Any]:
        def act() -> int:
            with live.premises.transaction(account_id) as office:
                casework.complete_task(office, task_id, {**ANSWERS, "outcome": "accept"})
            return account_id

        return act

    came = _at_once(*(complete(account_id) for account_id in people))
    winners = [one for one in came if isinstance(one, int)]
    losers = [one for one in came if isinstance(one, TaskDone)]
    assert (len(winners), len(losers)) == (1, 1)
    assert people[winners[0]] in str(losers[0])
    with live.premises.reading() as office:
        assert office.db.get_one(Task, task_id).closed_by == winners[0]
        accepted = select(Document.id).where(Document.kind == "acceptance_notice")
        assert len(office.db.scalars(accepted).all()) == 1


def test_a_double_submission_is_one(live: LiveOffice) -> None:
    case_id = live.open_case(live.applicants[0])
    with live.premises.reading() as office:
        task_id = office.db.scalars(select(Task.id).where(Task.case_id == case_id)).one()

    def submit() -> str:
        with live.premises.transaction(live.applicants[0]) as office:
            casework.complete_task(office, task_id, {})
        return "submitted"

    came = _at_once(submit, submit, submit)
    assert came.count("submitted") == 1
    assert sum(isinstance(one, TaskDone) for one in came) == 2
    with live.premises.reading() as office:
        query = select(func.count()).select_from(Event).where(Event.kind == "submitted")
        assert office.db.scalar(query) == 1
        assert office.db.scalar(select(func.count()).select_from(Message)) == 1


def test_two_units_and_one_person(live: LiveOffice) -> None:
    cases = [live.open_case(applicant) for applicant in live.applicants[:2]]
    person = {"name": "示例人", "id_number": "110101199003070396", "category": "senior"}

    def hold(applicant: int, case_id: int) -> Callable[[], Any]:
        def act() -> str:
            with live.premises.transaction(applicant) as office:
                case = office.db.get_one(Case, case_id)
                casework.add_row(office, case, "staff", person)
                return case.unit.name

        return act

    came = _at_once(*(hold(*pair) for pair in zip(live.applicants, cases, strict=False)))
    winners = [one for one in came if isinstance(one, str)]
    losers = [one for one in came if isinstance(one, HeldElsewhere)]
    assert (len(winners), len(losers)) == (1, 1)
    assert winners[0] in str(losers[0])
    with live.premises.reading() as office:
        assert office.db.scalar(select(func.count()).select_from(Claim)) == 1


def test_numbers_have_no_gaps_whatever_fails(live: LiveOffice) -> None:
    taken: list[int] = []

    def take() -> None:
        for turn in range(12):
            with suppress(ZeroDivisionError), live.premises.transaction() as office:
                number = next_number(office.db, "certificate:乙:61", 50001)
                _ = 1 / (turn % 3)  # every third is rolled back
                taken.append(number)

    _at_once(take, take, take, take)
    assert sorted(taken) == list(range(50001, 50001 + 4 * 8))


def test_a_case_is_woken_once(live: LiveOffice) -> None:
    case_id = live.open_case(live.applicants[0])
    live.decide(case_id)
    live.let_days_pass(7)

    def wake() -> bool:
        with live.premises.transaction() as office:
            return casework.wake_case(office, case_id)

    assert sorted(_at_once(wake, wake, wake)) == [False, False, True]
    with live.premises.reading() as office:
        query = select(func.count()).select_from(Event).where(Event.kind == "deemed_accepted")
        assert office.db.scalar(query) == 1


def test_a_double_click_takes_nobody_over_twice(live: LiveOffice) -> None:
    case_id = live.open_case(live.applicants[0])
    with live.premises.transaction() as office:
        unit = office.db.get_one(Case, case_id).unit
        ids = {knows(office, unit, n, name=f"张{n}").id for n in range(6)}

    def transfer() -> int:
        with live.premises.transaction(live.applicants[0]) as office:
            case = office.db.get_one(Case, case_id)
            done = casework.transfer_former_staff(office, case, OFFERING, ids)
        return len(done.added)

    assert sorted(_at_once(transfer, transfer, transfer)) == [0, 0, 6]
    with live.premises.reading() as office:
        case = office.db.get_one(Case, case_id)
        assert len(casework.rows_of(office, case.dossier_id, "staff")) == 6
        assert office.db.scalar(select(func.count()).select_from(Claim)) == 6
