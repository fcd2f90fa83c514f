"""An import among other people and faults, on both databases: once, and all or nothing."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import func, select

from bpmn import casework
from bpmn.casework import RowChange
from bpmn.errors import CaseworkError, HeldElsewhere
from forms.spreadsheets import Sheet, read_pasted
from models import Case, Claim, DossierRow, RowImport
from tests.webapp.folder import PERSON, id_number
from tests.webapp.live import LiveOffice

NUMBERS = range(1, 31)


def sheet(numbers: range) -> Sheet:
    rows = [f"张{n}\t{id_number(n)}\t13800138000\t测绘初级" for n in numbers]
    return read_pasted("\n".join(rows), ["姓名", "身份证号"])


def keep(live: LiveOffice, account_id: int, case_id: int, numbers: range) -> int:
    with live.premises.transaction(account_id) as office:
        case = office.db.get_one(Case, case_id)
        return casework.keep_import(office, case, "staff", "粘贴", sheet(numbers)).id


def accept(live: LiveOffice, account_id: int, case_id: int, import_id: int) -> Callable[[], int]:
    def act() -> int:
        with live.premises.transaction(account_id) as office:
            case = office.db.get_one(Case, case_id)
            return casework.accept_import(office, case, "staff", import_id, False)

    return act


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    gate, came = Barrier(len(acts)), list[Any]([None] * len(acts))

    def take_part(number: int) -> None:
        gate.wait()
        try:
            came[number] = acts[number]()
        except CaseworkError as error:
            came[number] = error

    threads = [Thread(target=take_part, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def rows_of(live: LiveOffice, case_id: int) -> list[DossierRow]:
    with live.premises.reading() as office:
        case = office.db.get_one(Case, case_id)
        return casework.rows_of(office, case.dossier_id, "staff")


def test_an_import_accepted_twice_at_once_is_imported_once(live: LiveOffice) -> None:
    unit = live.applicants[0]
    case_id = live.open_case(unit)
    before = len(rows_of(live, case_id))
    import_id = keep(live, unit, case_id, NUMBERS)

    came = at_once(*[accept(live, unit, case_id, import_id)] * 3)

    assert sorted(came) == [0, 0, len(NUMBERS)]
    assert len(rows_of(live, case_id)) == before + len(NUMBERS)


def test_two_units_import_the_same_people_and_each_has_one_holder(live: LiveOffice) -> None:
    first, second = live.applicants[:2]
    cases = [live.open_case(unit) for unit in (first, second)]
    here, there = range(1, 21), range(30, 10, -1)
    kept = [keep(live, first, cases[0], here), keep(live, second, cases[1], there)]

    came = at_once(*(accept(live, *one) for one in zip((first, second), cases, kept, strict=True)))

    assert all(isinstance(one, int | HeldElsewhere) for one in came)
    held = [row.claim_digest for case_id in cases for row in rows_of(live, case_id)]
    digests = [digest for digest in held if digest]
    assert len(digests) == len(set(digests))
    with live.premises.reading() as office:
        claims = office.db.scalar(select(func.count()).select_from(Claim))
    assert claims == len(digests)


def test_an_import_that_fails_half_way_saves_nothing_and_stays(live: LiveOffice) -> None:
    unit = live.applicants[0]
    case_id = live.open_case(unit)
    before = len(rows_of(live, case_id))
    import_id = keep(live, unit, case_id, NUMBERS)

    def killed_before_the_end() -> None:
        with live.premises.transaction(unit) as office:
            case = office.db.get_one(Case, case_id)
            assert casework.accept_import(office, case, "staff", import_id, False) == len(NUMBERS)
            raise OSError("killed")

    with pytest.raises(OSError, match="killed"):
        killed_before_the_end()

    assert len(rows_of(live, case_id)) == before
    with live.premises.reading() as office:
        assert len(office.db.get_one(RowImport, import_id).rows) == len(NUMBERS)
    assert accept(live, unit, case_id, import_id)() == len(NUMBERS)


def test_a_person_removed_while_another_unit_claims_them_has_one_holder_at_most(
    live: LiveOffice,
) -> None:
    first, second = live.applicants[:2]
    cases = [live.open_case(unit) for unit in (first, second)]
    values = {**PERSON, "id_number": id_number(77)}
    with live.premises.transaction(first) as office:
        case = office.db.get_one(Case, cases[0])
        [row] = casework.write_rows(office, case, "staff", [RowChange(values)])
        row_id = row.id

    def remove() -> int:
        with live.premises.transaction(first) as office:
            case = office.db.get_one(Case, cases[0])
            return casework.remove_rows(office, case, "staff", [row_id])

    def claim() -> int:
        with live.premises.transaction(second) as office:
            case = office.db.get_one(Case, cases[1])
            return len(casework.write_rows(office, case, "staff", [RowChange(values)]))

    removed, claimed = at_once(remove, claim)

    assert removed == 1
    names = [row.values["id_number"] for row in rows_of(live, cases[1])]
    if isinstance(claimed, HeldElsewhere):
        assert id_number(77) not in names
        assert claim() == 1
    names = [row.values["id_number"] for row in rows_of(live, cases[1])]
    assert names.count(id_number(77)) == 1
